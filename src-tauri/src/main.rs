//! `khosra`: the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    khosra_shell::run(khosra_shell::context())
}
