//! The terminal's door: the same operations as the window, one file per verb.

mod arguments;
mod certificate;
mod check;
mod completions;
mod exit_code;
mod export;
mod history;
mod import;
mod inspect;
mod inspect_report;
mod key;
mod key_certificates;
mod key_check;
mod key_parameters;
mod output;
mod printer;
mod prompt;
mod sandbox;
mod send;
mod send_request;
mod session;
mod tenant;
mod token;

use std::process::ExitCode;

use arguments::{Arguments, Verb};
use clap::Parser as _;
use output::Output;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => return arguments::explain(&usage),
    };
    let output = Output::new(arguments.global.json);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return output.stop(&session::no_runtime(&error)),
    };
    let outcome = runtime.block_on(run(&arguments, &output));
    // A keyring prompt nobody answers must not keep the program from ending.
    runtime.shutdown_background();
    match outcome {
        Ok(code) => code.into(),
        Err(error) => output.stop(&error),
    }
}

async fn run(arguments: &Arguments, output: &Output) -> sluice_core::error::Result<exit_code::Exit> {
    let global = &arguments.global;
    match &arguments.verb {
        Verb::Tenant(verb) => tenant::run(verb, global, output).await,
        Verb::Key(verb) => key::run(verb, global, output).await,
        Verb::Certificate(verb) => certificate::run(verb, global, output).await,
        Verb::Token(options) => token::run(options, global, output).await,
        Verb::Send(options) => send::run(options, global, output).await,
        Verb::History(options) => history::run(options, global, output).await,
        Verb::Import(options) => import::run(options, global, output).await,
        Verb::Export(options) => export::run(options, global, output).await,
        Verb::Check(options) => check::run(options, global, output).await,
        Verb::Inspect(options) => inspect::run(options, global, output).await,
        Verb::Sandbox(options) => sandbox::run(options, output).await,
        Verb::Completions(options) => Ok(completions::run(options)),
    }
}
