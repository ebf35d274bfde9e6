//! khosra-newsite
fn main() {}
