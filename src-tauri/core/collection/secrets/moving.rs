use std::collections::HashSet;

use super::Names;
use super::passage::{Passage, in_body, in_text};
use super::recognition::{has_secret_shape, in_url, is_literal, is_secret_row, split_scheme, variable_of};
use crate::collection::model::{Environment, FolderItem, RequestItem, Script, Variable};
use crate::http::{Authorization, Body, Field, Part, PartContent};
use crate::secret::Secret;

/// A secret value that was taken out of an item; a variable of this name is to hold it.
pub struct MovedSecret {
    /// Where it stood, in the user's words.
    pub place: String,
    /// The variable.
    pub name: String,
    /// The value.
    pub value: Secret<String>,
}

/// Puts variables in the place of a request's secrets.
pub fn move_out_of_request(item: &mut RequestItem) -> Vec<MovedSecret> {
    move_out_of_request_beside(item, &[])
}

/// Puts variables in the place of a request's secrets; none takes one of these names.
pub fn move_out_of_request_beside(item: &mut RequestItem, taken: &[String]) -> Vec<MovedSecret> {
    move_out_of_request_among(item, &mut beside(taken))
}

/// Puts variables in the place of a request's secrets; a secret that has its variable already keeps that.
pub fn move_out_of_request_among(item: &mut RequestItem, names: &mut Names) -> Vec<MovedSecret> {
    let mut moving = Moving::new(names, &item.details.variables);
    let request = &mut item.request;
    moving.url(&mut request.url);
    moving.text(&mut request.url, "URL");
    moving.authorization(&mut request.authorization);
    moving.around_authorization(&mut request.authorization);
    moving.rows(&mut request.headers, "header");
    moving.rows(&mut request.parameters, "query parameter");
    moving.rows(&mut request.path_parameters, "path parameter");
    match &mut request.body {
        Body::Form { fields } => moving.rows(fields, "form field"),
        Body::Multipart { parts } => parts.iter_mut().for_each(|part| moving.part(part)),
        Body::Json { text } | Body::Xml { text } | Body::Text { text } | Body::Sparql { text } => {
            let found = in_body(text);
            moving.passages(text, found, "body");
        }
        Body::None | Body::File { .. } => {}
    }
    let details = &mut item.details;
    moving.variables(&mut details.variables);
    moving.scripts(&mut details.scripts);
    for assertion in &mut details.assertions {
        moving.text(&mut assertion.expression, "assertions");
        moving.text(&mut assertion.value, "assertions");
    }
    moving.text(&mut details.docs, "documentation");
    moving.text(&mut item.name, "name");
    moving.moved
}

/// Puts variables in the place of a folder's or the collection's secrets.
pub fn move_out_of_folder(item: &mut FolderItem) -> Vec<MovedSecret> {
    move_out_of_folder_beside(item, &[])
}

/// Puts variables in the place of a folder's or the collection's secrets; none takes one of these names.
pub fn move_out_of_folder_beside(item: &mut FolderItem, taken: &[String]) -> Vec<MovedSecret> {
    move_out_of_folder_among(item, &mut beside(taken))
}

/// Puts variables in the place of a folder's or the collection's secrets; a secret that has its variable already keeps
/// that.
pub fn move_out_of_folder_among(item: &mut FolderItem, names: &mut Names) -> Vec<MovedSecret> {
    let mut moving = Moving::new(names, &item.variables);
    moving.authorization(&mut item.authorization);
    moving.around_authorization(&mut item.authorization);
    moving.rows(&mut item.headers, "header");
    moving.variables(&mut item.variables);
    moving.scripts(&mut item.scripts);
    moving.text(&mut item.docs, "documentation");
    moving.text(&mut item.name, "name");
    moving.moved
}

/// Makes an environment's variables secret whose values are, and takes the values out.
pub fn move_out_of_environment(environment: &mut Environment) -> Vec<MovedSecret> {
    let mut moved = Vec::new();
    for variable in &mut environment.variables {
        if !keeps_secret(variable) {
            continue;
        }
        variable.secret = true;
        let value = Secret::new(std::mem::take(&mut variable.value));
        moved.push(MovedSecret { place: place_of(variable), name: variable.name.clone(), value });
    }
    moved
}

fn keeps_secret(variable: &Variable) -> bool {
    if variable.secret {
        return !variable.value.is_empty();
    }
    is_secret_row(&variable.name, &variable.value) || has_secret_shape(&variable.value)
}

fn place_of(variable: &Variable) -> String {
    format!("variable {}", variable.name)
}

fn beside(taken: &[String]) -> Names {
    let mut names = Names::default();
    for name in taken {
        names.occupy(name);
    }
    names
}

/// The secrets taken out so far, and the names that are in use.
struct Moving<'a> {
    names: &'a mut Names,
    own: HashSet<String>,
    given: HashSet<String>,
    moved: Vec<MovedSecret>,
}

impl<'a> Moving<'a> {
    fn new(names: &'a mut Names, variables: &[Variable]) -> Self {
        // A secret variable that goes out keeps its name.
        let own = variables.iter().map(|variable| variable.name.clone()).collect();
        Self { names, own, given: HashSet::new(), moved: Vec::new() }
    }

    /// Puts a variable in the text's place.
    fn take(&mut self, text: &mut String, place: &str, wish: &str) {
        let name = self.keep(text, place, wish);
        *text = format!("{{{{{name}}}}}");
    }

    fn keep(&mut self, value: &str, place: &str, wish: &str) -> String {
        let name = self.names.find(wish, value, &self.own, &self.given);
        self.given.insert(name.clone());
        self.moved.push(MovedSecret {
            place: place.to_owned(),
            name: name.clone(),
            value: Secret::new(value.to_owned()),
        });
        name
    }

    fn rows(&mut self, rows: &mut [Field], kind: &str) {
        for row in rows {
            if is_secret_row(&row.name, &row.value) {
                self.row(row, kind);
            }
            let place = format!("{} {kind}", row.name);
            self.text(&mut row.value, &place);
            self.text(&mut row.name, kind);
            if let Some(description) = &mut row.description {
                self.text(description, "descriptions");
            }
        }
    }

    fn scripts(&mut self, scripts: &mut [Script]) {
        for script in scripts {
            self.text(&mut script.code, "scripts");
        }
    }

    /// Puts variables in the place of what is a secret in any text.
    fn text(&mut self, text: &mut String, whose: &str) {
        let found = in_text(text);
        self.passages(text, found, whose);
    }

    fn passages(&mut self, text: &mut String, found: Vec<Passage>, whose: &str) {
        if found.is_empty() {
            return;
        }
        let mut done = String::new();
        let mut end = 0;
        for Passage { range, place, variable } in found {
            let value = text.get(range.clone()).unwrap_or_default();
            let name = self.keep(value, &format!("{place} in the {whose}"), &variable);
            done.extend([text.get(end..range.start).unwrap_or_default(), "{{", &name, "}}"]);
            end = range.end;
        }
        done.push_str(text.get(end..).unwrap_or_default());
        *text = done;
    }

    fn row(&mut self, row: &mut Field, kind: &str) {
        let place = format!("{} {kind}", row.name);
        let (scheme, secret) = split_scheme(&row.name, &row.value);
        if scheme.is_empty() {
            return self.take(&mut row.value, &place, &variable_of(&row.name));
        }
        let suffix = if scheme.eq_ignore_ascii_case("bearer") { "Token" } else { "Credentials" };
        let name = self.keep(secret, &place, &format!("{}{suffix}", variable_of(&row.name)));
        row.value = format!("{scheme} {{{{{name}}}}}");
    }

    fn part(&mut self, part: &mut Part) {
        if let PartContent::Text { text } = &mut part.content
            && is_secret_row(&part.name, text)
        {
            self.take(text, &format!("{} form field", part.name), &variable_of(&part.name));
        }
        if let PartContent::Text { text } = &mut part.content {
            self.text(text, &format!("{} form field", part.name));
        }
    }

    fn authorization(&mut self, authorization: &mut Authorization) {
        let (text, place, wish) = match authorization {
            Authorization::Login { password, .. } | Authorization::Digest { password, .. } => {
                (password, "password", "password".to_owned())
            }
            Authorization::Token { token } => (token, "token", "token".to_owned()),
            Authorization::ApiKey { name, value, .. } => (value, "API key", variable_of(name)),
            Authorization::ClientCredentials { client_secret, .. } => {
                (client_secret, "client secret", "clientSecret".to_owned())
            }
            _ => return,
        };
        if is_literal(text) {
            self.take(text, place, &wish);
        } else {
            self.text(text, place);
        }
    }

    /// What of an authorization is no secret by its kind may still hold one.
    fn around_authorization(&mut self, authorization: &mut Authorization) {
        match authorization {
            Authorization::Login { username, .. } | Authorization::Digest { username, .. } => {
                self.text(username, "user name");
            }
            Authorization::ApiKey { name, .. } => self.text(name, "name of the API key"),
            Authorization::ClientCredentials { token_url, client_id, scope, .. } => {
                self.text(token_url, "token URL");
                self.text(client_id, "client id");
                self.text(scope, "scope");
            }
            _ => {}
        }
    }

    fn url(&mut self, url: &mut String) {
        let found: Vec<(String, String)> =
            in_url(url).into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        let mut done = String::new();
        let mut rest = url.as_str();
        for (name, value) in found {
            let sign = if done.is_empty() && name == "password" { ":" } else { "=" };
            let Some((front, back)) = rest.split_once(&format!("{sign}{value}")) else { continue };
            let variable = self.keep(&value, &format!("{name} in the URL"), &variable_of(&name));
            done.extend([front, sign, "{{", &variable, "}}"]);
            rest = back;
        }
        done.push_str(rest);
        *url = done;
    }

    /// The row goes: a variable of the environment must not be hidden by an empty one of its name.
    fn variables(&mut self, variables: &mut Vec<Variable>) {
        let (out, kept) = std::mem::take(variables).into_iter().partition(keeps_secret);
        *variables = kept;
        let out: Vec<Variable> = out;
        self.moved.extend(out.into_iter().map(|variable| MovedSecret {
            place: place_of(&variable),
            name: variable.name,
            value: Secret::new(variable.value),
        }));
    }
}
