use super::recognition::{in_url, is_literal, is_secret_row, split_scheme, variable_of};
use crate::collection::model::{Environment, FolderItem, RequestItem, Variable};
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
    let mut moving = Moving::new(taken, &item.details.variables);
    let request = &mut item.request;
    moving.url(&mut request.url);
    moving.authorization(&mut request.authorization);
    moving.rows(&mut request.headers, "header");
    moving.rows(&mut request.parameters, "query parameter");
    moving.rows(&mut request.path_parameters, "path parameter");
    match &mut request.body {
        Body::Form { fields } => moving.rows(fields, "form field"),
        Body::Multipart { parts } => parts.iter_mut().for_each(|part| moving.part(part)),
        _ => {}
    }
    moving.variables(&mut item.details.variables);
    moving.moved
}

/// Puts variables in the place of a folder's or the collection's secrets.
pub fn move_out_of_folder(item: &mut FolderItem) -> Vec<MovedSecret> {
    move_out_of_folder_beside(item, &[])
}

/// Puts variables in the place of a folder's or the collection's secrets; none takes one of these names.
pub fn move_out_of_folder_beside(item: &mut FolderItem, taken: &[String]) -> Vec<MovedSecret> {
    let mut moving = Moving::new(taken, &item.variables);
    moving.authorization(&mut item.authorization);
    moving.rows(&mut item.headers, "header");
    moving.variables(&mut item.variables);
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
    if variable.secret { !variable.value.is_empty() } else { is_secret_row(&variable.name, &variable.value) }
}

fn place_of(variable: &Variable) -> String {
    format!("variable {}", variable.name)
}

/// The secrets taken out so far, and the names that are in use.
struct Moving {
    taken: Vec<String>,
    moved: Vec<MovedSecret>,
}

impl Moving {
    fn new(taken: &[String], variables: &[Variable]) -> Self {
        // A secret variable that goes out keeps its name.
        let kept = variables.iter().map(|variable| variable.name.clone());
        Self { taken: taken.iter().cloned().chain(kept).collect(), moved: Vec::new() }
    }

    /// Puts a variable in the text's place.
    fn take(&mut self, text: &mut String, place: &str, wish: &str) {
        let name = self.keep(text, place, wish);
        *text = format!("{{{{{name}}}}}");
    }

    fn keep(&mut self, value: &str, place: &str, wish: &str) -> String {
        let name = self.unused(wish);
        self.taken.push(name.clone());
        self.moved.push(MovedSecret {
            place: place.to_owned(),
            name: name.clone(),
            value: Secret::new(value.to_owned()),
        });
        name
    }

    fn unused(&self, wish: &str) -> String {
        let is_free = |name: &String| !self.taken.contains(name);
        let numbered = (2_u32..).map(|number| format!("{wish}{number}"));
        std::iter::once(wish.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
    }

    fn rows(&mut self, rows: &mut [Field], kind: &str) {
        for row in rows {
            if is_secret_row(&row.name, &row.value) {
                self.row(row, kind);
            }
        }
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
