//! `sluice completions`

use clap::CommandFactory as _;
use sluice_core::error::Result;

use crate::arguments::{Arguments, CompletionsOptions};
use crate::exit_code::Exit;
use crate::output::Output;

pub fn run(options: &CompletionsOptions, output: &Output) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "sluice", &mut script);
    output.bytes(&script);
    Ok(Exit::Good)
}
