//! Writes the TypeScript side of the command table: types and client in one file that is committed, and
//! held to this code by a test.

use std::{any::TypeId, collections::BTreeMap};

use page::TEXT_GOES_HERE;
use story::{Content, Event};
use ts_rs::{Config, TS, TypeVisitor};

use super::command_table;
use crate::wire::*;

/// Declarations by TypeScript name, so that the file's order does not depend on the table's.
#[derive(Default)]
struct Declarations {
    config: Config,
    seen: Vec<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let id = TypeId::of::<T>();
        if self.seen.contains(&id) {
            return;
        }
        self.seen.push(id);
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let text = format!("{}export {}\n", docs, T::decl(&self.config));
            self.by_name.insert(T::ident(&self.config), text);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

macro_rules! client {
    ($($name:ident($args:ty) -> $answer:ty = $doc:literal;)*) => {
        /// The whole of `ui/src/wire/generated.ts`.
        pub fn typescript() -> String {
            let config = Config::new().with_large_int("number");
            let mut types = Declarations { config, ..Declarations::default() };
            types.visit::<CommandError>();
            types.visit::<DeskEvent>();
            let mut table = String::new();
            $(
                types.visit::<$args>();
                types.visit::<$answer>();
                table.push_str(&format!(
                    "  /** {} */\n  {}: {{ args: {}; answer: {} }};\n",
                    $doc, stringify!($name), <$args>::name(&types.config), <$answer>::name(&types.config),
                ));
            )*
            let declarations: Vec<_> = types.by_name.into_values().collect();
            let head = format!("{HEAD}{MARKER} = '{TEXT_GOES_HERE}';\n");
            format!("{head}\n{}\n/** Every command, with its arguments and its answer. */\nexport interface Commands {{\n{table}}}\n", declarations.join("\n"))
        }
    };
}
command_table!(client);

const HEAD: &str = "// Generated from the command table of crates/desk; `make generate` writes it anew.\n\
    \n/** HTML that only Rust makes, through the one sanitiser. */\n\
    export type SafeHtml = string & { readonly __safeHtml: unique symbol };\n\
    \n/** Any JSON value. */\n\
    export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };\n";
const MARKER: &str = "\n/** Stands in a page where its text goes. */\nexport const TEXT_GOES_HERE";

#[cfg(test)]
mod tests {
    use std::{env, fs, path::Path};

    #[test]
    fn the_committed_typescript_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/wire/generated.ts");
        let fresh = super::typescript();
        if env::var_os("KHOSRA_GENERATE").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
            fs::write(&path, &fresh).expect("the file can be written");
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == fresh, "ui/src/wire/generated.ts is stale: run `make generate`");
    }
}
