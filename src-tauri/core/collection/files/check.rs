use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use super::environments::EnvironmentFile;
use super::failure::problem;
use super::names::illegal_on_windows;
use super::open_folder::{OpenFolder, root_file};
use super::path::split;
use super::read::document;
use super::saving::folder_file;
use super::scan::{Scanned, problems};
use super::sidecar::{self, SidecarFile};
use super::surroundings::of_bruno;
use crate::collection::secrets::in_value;
use crate::collection::yaml::Document;
use crate::collection::{FileProblem, Finding, FindingKind, NodeKind};
use crate::error::{Code, Error, Result};

/// Looks through a collection's folder for broken files, literal secrets and format trouble, by path and line.
pub fn check(folder: &Path) -> Result<Vec<Finding>> {
    if root_file(folder).is_none() {
        return Err(no_collection(folder));
    }
    let open = OpenFolder::new(folder.to_owned());
    let mut findings = Findings::default();
    let nodes = open.scan();
    findings.broken(open.root_item().err());
    for problem in problems(&nodes) {
        findings.broken(Some(problem.clone()));
    }
    let environments = open.environment_files();
    let mut names: Vec<String> = Vec::new();
    for file in &environments {
        match super::environments::read_file(&file.full, &file.path) {
            Ok(environment) if names.contains(&environment.name) => {
                findings.twin(&file.path, &environment.name);
            }
            Ok(environment) => names.push(environment.name),
            Err(problem) => findings.broken(Some(problem)),
        }
    }
    for (full, path) in files(&open, &nodes, &environments) {
        // What cannot be read at all was told above.
        if let Ok(document) = document(&full, &path) {
            findings.content(&path, &document);
        }
    }
    findings.names(&nodes, &environments);
    findings.order(&nodes);
    findings.sidecar(folder, &names);
    Ok(findings.sorted())
}

fn no_collection(path: &Path) -> Error {
    if let Some(error) = of_bruno(path) {
        return error;
    }
    let found = match (path.is_file(), path.is_dir()) {
        (true, _) => "is a file",
        (_, true) => "is no collection",
        _ => "is not there",
    };
    Error::new(Code::NotFound, format!("{} {found}", path.display()))
        .hint("Name the folder of a collection, the one with an opencollection.yml")
}

/// Every file with content: the collection's own, those of its folders, requests and environments.
fn files(
    open: &OpenFolder,
    nodes: &[Scanned],
    environments: &[EnvironmentFile],
) -> Vec<(std::path::PathBuf, String)> {
    let mut paths: Vec<String> = root_file(&open.root).map(str::to_owned).into_iter().collect();
    for Scanned { node, .. } in nodes {
        match node.kind {
            NodeKind::Folder => {
                paths.extend(
                    folder_file(&open.root.join(&node.path)).map(|file| super::path::join(&node.path, file)),
                );
            }
            _ => paths.push(node.path.clone()),
        }
    }
    paths.extend(environments.iter().map(|file| file.path.clone()));
    let is_link =
        |path: &str| std::fs::symlink_metadata(open.root.join(path)).is_ok_and(|facts| facts.is_symlink());
    paths.into_iter().filter(|path| !is_link(path)).map(|path| (open.root.join(&path), path)).collect()
}

#[derive(Default)]
struct Findings {
    found: Vec<Finding>,
}

impl Findings {
    fn broken(&mut self, problem: Option<FileProblem>) {
        self.found.extend(problem.map(|problem| Finding { kind: FindingKind::Broken, problem }));
    }

    fn format(&mut self, path: &str, line: Option<u32>, message: impl Into<String>, hint: &str) {
        let problem = problem(path, line, message, Some(hint));
        self.found.push(Finding { kind: FindingKind::Format, problem });
    }

    fn twin(&mut self, path: &str, name: &str) {
        let message = format!("There is another environment {name}, so nobody can tell which one is meant.");
        self.format(path, None, message, "Give one of them another name.");
    }

    fn content(&mut self, path: &str, document: &Document) {
        for (pointer, secret) in in_value(document.value()) {
            let message = format!("The {} stands here in clear text.", secret.place);
            let hint = format!(
                "Write {{{{{}}}}} in its place; saving the request in the window moves the value to the keyring.",
                secret.variable
            );
            let problem = problem(path, document.line_of(&pointer), message, Some(&hint));
            self.found.push(Finding { kind: FindingKind::Secret, problem });
        }
        for (pointer, what) in dropped(path, document.value()) {
            let message = format!("Bruno drops {what} when it saves this file.");
            self.format(
                path,
                document.line_of(&pointer),
                message,
                "Keep it elsewhere when others use Bruno.",
            );
        }
    }

    fn names(&mut self, nodes: &[Scanned], environments: &[EnvironmentFile]) {
        let mut twins: HashMap<String, &str> = HashMap::new();
        let nodes = nodes.iter().map(|scanned| scanned.node.path.as_str());
        for path in nodes.chain(environments.iter().map(|file| file.path.as_str())) {
            let name = split(path).1;
            if let Some(why) = illegal_on_windows(name) {
                let message = format!("Windows cannot have a file of this name: {why}.");
                self.format(path, None, message, "Rename it, then everybody can check the collection out.");
            }
            if let Some(twin) = twins.insert(path.to_lowercase(), path) {
                let message = format!("Windows and macOS cannot tell this file from {twin}.");
                self.format(path, None, message, "Rename one of them.");
            }
        }
    }

    fn order(&mut self, nodes: &[Scanned]) {
        let mut places: HashMap<(&str, bool, u64), &str> = HashMap::new();
        for Scanned { node, seq } in nodes {
            let Some(seq) = seq else { continue };
            let key = (split(&node.path).0, node.kind == NodeKind::Folder, seq.to_bits());
            let Some(other) = places.get(&key) else {
                places.insert(key, &node.path);
                continue;
            };
            let message = format!("It has the same seq as {other}: {seq}.");
            self.format(&node.path, None, message, "Move one of them, then each has a place of its own.");
        }
    }

    fn sidecar(&mut self, folder: &Path, environments: &[String]) {
        match SidecarFile::read(folder) {
            Err(problem) => self.broken(Some(problem)),
            Ok(sidecar) => {
                for line in sidecar.without_meaning() {
                    self.format(
                        sidecar::NAME,
                        line,
                        "“any_host” means nothing in a file: whoever writes it would decide where your credentials go.",
                        "Remove it; each user allows a host in the window, or for one run with --any-host.",
                    );
                }
                for (name, line) in sidecar.environments() {
                    if !environments.contains(&name) {
                        let message = format!("There is no environment {name}.");
                        self.format(
                            sidecar::NAME,
                            line,
                            message,
                            "Remove the table, or bring the environment back.",
                        );
                    }
                }
            }
        }
    }

    fn sorted(mut self) -> Vec<Finding> {
        let key = |finding: &Finding| {
            (finding.problem.path.clone(), finding.problem.line, finding.problem.message.clone())
        };
        self.found.sort_by_cached_key(key);
        self.found
    }
}

/// What of a file does not survive Bruno, with its place.
fn dropped(path: &str, value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let (folder, name) = split(path);
    if folder == super::environments::FOLDER {
        let keys = ["extends", "dotEnvFilePath", "clientCertificates"];
        let there = keys.into_iter().filter(|key| value.get(key).is_some());
        found.extend(there.map(|key| (format!("/{key}"), format!("“{key}”"))));
        found.extend(variants(value.get("variables"), "/variables"));
    } else if folder.is_empty() && name.starts_with("opencollection.") {
        let content = value.get("extensions").filter(|content| !is_empty(content));
        found
            .extend(content.map(|_| ("/extensions".to_owned(), "what stands under “extensions”".to_owned())));
        found.extend(variants(value.pointer("/request/variables"), "/request/variables"));
    } else if value.pointer("/http/body").is_some_and(Value::is_array) {
        found.push(("/http/body".to_owned(), "bodies in several variants".to_owned()));
    }
    found.extend(variants(value.pointer("/runtime/variables"), "/runtime/variables"));
    found
}

fn variants(variables: Option<&Value>, pointer: &str) -> Vec<(String, String)> {
    let variables = variables.and_then(Value::as_array).into_iter().flatten().enumerate();
    let several = variables.filter(|(_, variable)| variable.get("value").is_some_and(Value::is_array));
    several
        .map(|(index, _)| (format!("{pointer}/{index}/value"), "a value in several variants".to_owned()))
        .collect()
}

fn is_empty(value: &Value) -> bool {
    value.is_null()
        || value.as_object().is_some_and(serde_json::Map::is_empty)
        || value.as_array().is_some_and(Vec::is_empty)
}
