//! `sluice completions`

use clap::CommandFactory as _;

use crate::arguments::{Arguments, CompletionsOptions};
use crate::exit_code::Exit;
use crate::output::Output;

pub fn run(options: &CompletionsOptions) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "sluice", &mut script);
    Output::bytes(&script);
    Exit::Good
}
