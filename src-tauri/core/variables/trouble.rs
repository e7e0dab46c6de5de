//! What can be wrong with a variable, in the user's words.

use std::fmt;

use super::scopes::{PROCESS, Scopes};
use crate::error::{Code, Error};

/// Where in a request a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot<'a> {
    /// The URL.
    Url,
    /// The method.
    Method,
    /// A query parameter.
    Parameter(&'a str),
    /// A path parameter.
    PathParameter(&'a str),
    /// A header field.
    Header(&'a str),
    /// The body.
    Body,
    /// A form field.
    FormField(&'a str),
    /// A part of a multipart body.
    Part(&'a str),
    /// The path of a file.
    File,
    /// A field of the authorization: `client secret`.
    Authorization(&'a str),
}

impl fmt::Display for Spot<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url => out.write_str("the URL"),
            Self::Method => out.write_str("the method"),
            Self::Parameter(name) => write!(out, "the query parameter {name}"),
            Self::PathParameter(name) => write!(out, "the path parameter {name}"),
            Self::Header(name) => write!(out, "the header {name}"),
            Self::Body => out.write_str("the body"),
            Self::FormField(name) => write!(out, "the form field {name}"),
            Self::Part(name) => write!(out, "the part {name}"),
            Self::File => out.write_str("the path of the file"),
            Self::Authorization(name) => write!(out, "the {name}"),
        }
    }
}

/// What is wrong with a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No place knows it.
    Unknown(String),
    /// What stands in braces is no name.
    NoName(String),
    /// It refers to itself.
    Circle(Vec<String>),
    /// A secret without a value.
    Missing(String),
    /// A secret in the name of a variable.
    SecretName(String),
    /// A text that must stay the same holds a secret or a dynamic variable.
    NotFixed,
    /// It grows beyond all measure.
    TooLarge,
}

impl Trouble {
    /// One sentence, for the card of a variable.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Unknown(name) => format!("{{{{{name}}}}} is not set anywhere."),
            Self::NoName(source) => format!("{source} is no variable's name."),
            Self::Circle(names) => format!("It refers to itself: {}.", names.join(" → ")),
            Self::Missing(name) => format!("{name} is a secret variable without a value on this computer."),
            Self::SecretName(source) => format!("The name in {source} is made of a secret."),
            Self::NotFixed => "It holds a secret or a dynamic variable.".to_owned(),
            Self::TooLarge => "Its values refer to each other too often.".to_owned(),
        }
    }

    /// The error of a request in which this stands at this spot.
    pub(super) fn at(&self, spot: &Spot<'_>, scopes: &Scopes) -> Error {
        let message = match self {
            Self::Unknown(name) => format!("{{{{{name}}}}} in {spot} is not set anywhere."),
            Self::NoName(source) => format!("{source} in {spot} is no variable's name."),
            Self::Circle(names) => {
                let name = names.first().map(String::as_str).unwrap_or_default();
                format!("{{{{{name}}}}} in {spot} refers to itself: {}.", names.join(" → "))
            }
            Self::Missing(_) => self.sentence(),
            Self::SecretName(source) => format!("The name in {source} in {spot} is made of a secret."),
            Self::NotFixed => format!("A secret or a dynamic variable cannot stand in {spot}."),
            Self::TooLarge => format!("The variables in {spot} refer to each other too often."),
        };
        Error::new(Code::InvalidInput, format!("{message} Nothing was sent.")).hint(self.hint(scopes))
    }

    fn hint(&self, scopes: &Scopes) -> String {
        match self {
            Self::Unknown(name) if name.starts_with(PROCESS) => {
                let name = name.trim_start_matches(PROCESS);
                format!(
                    "Hand it over: start Sluice with SLUICE_PROCESS_ENV={name}, names separated by commas"
                )
            }
            Self::Unknown(name) if name.starts_with('$') => {
                "There is no dynamic variable of this name; {{$guid}}, {{$timestamp}} and {{$randomInt}} are some that exist"
                    .to_owned()
            }
            Self::Unknown(name) if is_of_tenant(name) && scopes.tenant().is_none() => {
                "A tenant's service key supplies it: choose the tenant (--tenant in a terminal), bind the environment to it, or set the variable in the environment"
                    .to_owned()
            }
            Self::Unknown(_) => match scopes.environment() {
                Some(environment) => {
                    format!("Set it in environment {environment}, or in the collection, folder or request")
                }
                None => {
                    "Choose an environment that sets it, or set it in the collection, the request or globally"
                        .to_owned()
                }
            },
            Self::NoName(_) => "A name has letters, digits and the signs _ - . only".to_owned(),
            Self::Circle(_) => "Give one of them a value of its own".to_owned(),
            Self::Missing(_) => {
                "Type its value once in the window, where the variable is listed: it is kept in this computer's keyring. A pipeline hands it over with --var NAME=VALUE"
                    .to_owned()
            }
            Self::SecretName(_) => "Use a variable that is not secret".to_owned(),
            Self::NotFixed => "Write the path itself, or use a plain variable".to_owned(),
            Self::TooLarge => "Let fewer variables refer to others".to_owned(),
        }
    }
}

/// Whether a bound tenant would supply a variable of this name.
fn is_of_tenant(name: &str) -> bool {
    const SUPPLIED: [&str; 9] = [
        "tenant",
        "runtimeUrl",
        "tokenUrl",
        "clientId",
        "clientSecret",
        "apiUrl",
        "apiTokenUrl",
        "apiClientId",
        "apiClientSecret",
    ];
    SUPPLIED.contains(&name)
}
