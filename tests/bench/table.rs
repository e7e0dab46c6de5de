//! What is printed: the table on standard output, as Markdown; what is going on, on standard error.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the one place of the benchmark that prints")]

use super::row::Row;

/// The heads of the columns; the last column is as wide as it gets.
const HEADS: [&str; 6] = ["what", "Sluice", "beside", "ratio", "bar", "method"];

/// Says what is measured now.
pub fn remark(text: &str) {
    eprintln!("{text}");
}

/// Prints where it ran, and the rows.
pub fn print(machine: &str, rows: &[Row]) {
    println!("{machine}\n");
    let cells: Vec<[&str; 6]> = rows.iter().map(cells).collect();
    let mut widths = HEADS.map(length);
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = length(cell).max(*width);
        }
    }
    widths[5] = length(HEADS[5]);
    println!("{}", line(&HEADS, &widths));
    println!("|{}|", widths.map(|width| "-".repeat(width + 2)).join("|"));
    for row in &cells {
        println!("{}", line(row, &widths));
    }
}

fn cells(row: &Row) -> [&str; 6] {
    [row.what, &row.sluice, &row.beside, &row.ratio, &row.bar, &row.method]
}

fn line(cells: &[&str; 6], widths: &[usize; 6]) -> String {
    let padded = cells.iter().zip(widths).map(|(cell, width)| format!(" {cell:<width$} "));
    format!("|{}|", padded.collect::<Vec<_>>().join("|"))
}

fn length(text: &str) -> usize {
    text.chars().count()
}
