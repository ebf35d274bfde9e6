//! The application: use cases over a narrow host, the command list, the outbox worker. Knows no window.

pub mod commands;
pub mod wire;
