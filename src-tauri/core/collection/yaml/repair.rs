//! Indentation that can be put right with certainty.

use super::YamlError;
use super::parse::is_readable;
use crate::collection::Repair;

const START: &str = "at the start of the line";

/// Larger files are not tried.
const LIMIT: usize = 1 << 20;

/// A line that stands elsewhere than its neighbours.
pub(super) struct Misplaced {
    pub line: usize,
    pub indent: usize,
    pub target: usize,
    key: String,
    neighbours: Vec<String>,
    text: String,
}

impl Misplaced {
    /// What puts it right.
    pub fn step(&self) -> String {
        let Self { line, target, .. } = self;
        match target {
            0 => format!("Move line {line} to the start of the line"),
            1 => format!("Move line {line} to one space"),
            _ => format!("Move line {line} to {} spaces", spelled(*target)),
        }
    }

    /// What is wrong.
    pub fn message(&self) -> String {
        let Self { indent, target, key, neighbours, .. } = self;
        let names = match neighbours.as_slice() {
            [one] => format!("neighbour `{one}` stands"),
            [one, two, ..] => format!("neighbours `{one}` and `{two}` stand"),
            [] => "neighbours stand".to_owned(),
        };
        let stands = match indent {
            0 => START.to_owned(),
            1 => "one space in".to_owned(),
            _ => format!("{} spaces in", spelled(*indent)),
        };
        let place = if *target == 0 { START.to_owned() } else { spelled(*target) };
        format!("`{key}` stands {stands}, but its {names} {place}.")
    }
}

/// A repair that makes the file readable, where one is certain.
pub fn repair(text: &str, error: &YamlError) -> Option<Repair> {
    if text.len() > LIMIT {
        return None;
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = &text[..text.len() - body.len()];
    let line = usize::try_from(error.line).ok()?;
    let (label, fixed) = untabbed(body, line).or_else(|| {
        let found = misplaced_near(body, &[line])?;
        Some((found.step(), found.text))
    })?;
    Some(Repair { label, text: format!("{mark}{fixed}") })
}

/// A small number as a word.
fn spelled(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

fn leading(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// The tab that indents this line or the one before or after, with its column.
pub(super) fn tabbed_line(text: &str, line: usize) -> Option<(usize, usize)> {
    let nearby = text.split('\n').enumerate().skip(line.saturating_sub(2)).take(3);
    let tab = |(index, content): (usize, &str)| {
        let place = leading(content).find('\t')?;
        (!content.trim().is_empty()).then_some((index + 1, place + 1))
    };
    nearby.filter_map(tab).min_by_key(|(found, _)| found.abs_diff(line))
}

fn untabbed(text: &str, line: usize) -> Option<(String, String)> {
    let tabs = |content: &str| leading(content).contains('\t');
    let replaced = |chosen: &dyn Fn(usize) -> bool| {
        let fix = |(index, content): (usize, &str)| {
            let lead = leading(content);
            let kept = if chosen(index) { lead.replace('\t', "  ") } else { lead.to_owned() };
            kept + &content[lead.len()..]
        };
        text.split('\n').enumerate().map(fix).collect::<Vec<_>>().join("\n")
    };
    if !text.split('\n').nth(line.checked_sub(1)?).is_some_and(tabs) {
        return None;
    }
    let one = replaced(&|index| index + 1 == line);
    if is_readable(&one) {
        return Some((format!("Replace the tab in line {line} by two spaces"), one));
    }
    let count = text.split('\n').filter(|content| tabs(content)).count();
    let all = replaced(&|_| true);
    let label = format!("Replace the tabs at the start of {} lines by two spaces each", spelled(count));
    is_readable(&all).then_some((label, all))
}

/// The line at or beside this one that only has to move to its neighbours' indentation.
pub(super) fn misplaced(text: &str, line: usize) -> Option<Misplaced> {
    misplaced_near(text, &[line, line.saturating_sub(1), line + 1])
}

fn misplaced_near(text: &str, candidates: &[usize]) -> Option<Misplaced> {
    if text.len() > LIMIT {
        return None;
    }
    let lines: Vec<&str> = text.split('\n').collect();
    candidates.iter().find_map(|line| moved(&lines, line.checked_sub(1)?))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn says_something(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

fn key_of(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches("- ");
    let (key, rest) = line.split_once(':')?;
    let plain = !key.is_empty() && key.len() < 60 && (rest.is_empty() || rest.starts_with(' '));
    plain.then(|| key.trim_matches('"').to_owned())
}

fn moved(lines: &[&str], index: usize) -> Option<Misplaced> {
    let line = lines.get(index).filter(|line| says_something(line))?;
    let stands = indent(line);
    let key = key_of(line)?;
    let above = lines[..index].iter().rev().filter(|line| says_something(line)).take(8);
    let below = lines[index + 1..].iter().filter(|line| says_something(line)).take(8);
    let mut targets: Vec<usize> = above.chain(below).map(|line| indent(line)).collect();
    targets.retain(|target| *target != stands && target.abs_diff(stands) <= 3);
    targets.sort_by_key(|target| target.abs_diff(stands));
    targets.dedup();
    targets.into_iter().find_map(|target| {
        let neighbours = siblings(lines, index, target);
        if neighbours.is_empty() {
            return None;
        }
        let mut fixed: Vec<&str> = lines.to_vec();
        let moved = format!("{}{}", " ".repeat(target), line.trim_start_matches(' '));
        *fixed.get_mut(index)? = &moved;
        let text = fixed.join("\n");
        is_readable(&text).then(|| Misplaced {
            line: index + 1,
            indent: stands,
            target,
            key: key.clone(),
            neighbours,
            text,
        })
    })
}

/// The keys at this indentation in the block around a line, the nearest two.
fn siblings(lines: &[&str], index: usize, target: usize) -> Vec<String> {
    let level = |line: &&&str| indent(line) >= target;
    let same = |line: &&str| (indent(line) == target).then(|| key_of(line)).flatten();
    let above = lines[..index].iter().rev().filter(|line| says_something(line)).take_while(level);
    let mut names: Vec<String> = above.filter_map(same).take(2).collect();
    names.reverse();
    let below = lines[index + 1..].iter().filter(|line| says_something(line)).take_while(level);
    names.extend(below.filter_map(same));
    names.truncate(2);
    names
}
