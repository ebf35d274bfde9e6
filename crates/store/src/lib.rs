//! The local store: SQLite, one writer, read-only readers, immutable revisions, the outbox.
