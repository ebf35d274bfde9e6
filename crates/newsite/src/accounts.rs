//! Who may sign in.

use serde::Serialize;
use story::Role;

/// One seeded account, with the password that its person types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The name to sign in with.
    pub user: String,
    /// Random for each data folder.
    pub password: String,
    /// What the account may do.
    pub role: Role,
    /// The person's name.
    pub name: String,
}
