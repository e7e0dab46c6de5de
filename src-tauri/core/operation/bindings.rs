use std::any::TypeId;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use ts_rs::{Config, TS};

/// An operation as TypeScript sees it.
pub(super) struct Signature {
    pub(super) name: &'static str,
    summary: &'static str,
    input: String,
    output: String,
    imports: BTreeSet<String>,
}

impl Signature {
    pub(super) fn of<Input: TS + 'static, Output: TS + 'static>(
        name: &'static str,
        summary: &'static str,
    ) -> Self {
        let config = Config::from_env();
        let mut imports = imports_of::<Input>(&config);
        imports.extend(imports_of::<Output>(&config));
        Self { name, summary, input: type_of::<Input>(&config), output: type_of::<Output>(&config), imports }
    }
}

fn type_of<T: TS + 'static>(config: &Config) -> String {
    if TypeId::of::<T>() == TypeId::of::<()>() { "null".to_owned() } else { T::name(config) }
}

/// The types of ours that stand in a type's name: `Array<Header>` and `TokenFacts | null` each have one.
fn imports_of<T: TS + 'static>(config: &Config) -> BTreeSet<String> {
    let name = type_of::<T>(config);
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    let ours = words.filter(|word| *word != "Array" && word.starts_with(char::is_uppercase));
    ours.map(str::to_owned).collect()
}

fn render(signatures: &[Signature]) -> String {
    let imports: BTreeSet<&String> = signatures.iter().flat_map(|signature| &signature.imports).collect();
    let mut text =
        String::from("// This file was generated from the declaration of the operations. Do not edit it.\n");
    for name in imports {
        writeln!(text, "import type {{ {name} }} from \"./{name}\";").expect("writing to a String");
    }
    text.push_str("\n/** Every operation the window may call, by name. */\nexport interface Operations {\n");
    for Signature { name, summary, input, output, .. } in signatures {
        writeln!(text, "  /**{summary} */\n  {name}: {{ input: {input}; output: {output} }};")
            .expect("writing to a String");
    }
    text.push_str("}\n");
    text
}

#[test]
fn export_bindings_operations() {
    let folder = Config::from_env().out_dir().to_owned();
    std::fs::create_dir_all(&folder).expect("the bindings folder can be made");
    std::fs::write(folder.join("Operations.ts"), render(&crate::operation::signatures()))
        .expect("the bindings folder can be written to");
}
