-- One schema for SQLite and PostgreSQL: no types or clauses that only one of them knows. Times are
-- milliseconds since 1970 (UTC); digests are 64 hexadecimal digits; payloads are JSON text as received.
CREATE TABLE IF NOT EXISTS site_schema (version BIGINT NOT NULL PRIMARY KEY);

CREATE TABLE IF NOT EXISTS accounts (
    username TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS tokens (
    hash TEXT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL REFERENCES accounts (username),
    device TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS sections (
    slug TEXT NOT NULL PRIMARY KEY,
    name_bn TEXT NOT NULL,
    name_en TEXT NOT NULL,
    parent TEXT REFERENCES sections (slug),
    position BIGINT NOT NULL
);

-- The columns from live_revision on are what readers get; those before are the desk's working copy.
CREATE TABLE IF NOT EXISTS stories (
    id TEXT NOT NULL PRIMARY KEY,
    short TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL REFERENCES accounts (username),
    revision BIGINT NOT NULL,
    hash TEXT NOT NULL,
    preview_key TEXT NOT NULL,
    state TEXT NOT NULL,
    live_revision BIGINT,
    live_hash TEXT,
    section TEXT,
    path TEXT,
    headline TEXT,
    teaser TEXT,
    photo TEXT,
    first_at BIGINT,
    published_at BIGINT,
    updated_at BIGINT,
    corrected_at BIGINT,
    correction TEXT,
    views BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS stories_by_publication ON stories (state, published_at);

CREATE TABLE IF NOT EXISTS revisions (
    story TEXT NOT NULL REFERENCES stories (id),
    revision BIGINT NOT NULL,
    hash TEXT NOT NULL,
    payload TEXT NOT NULL,
    author TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (story, revision)
);

-- Who gave which command; never changed.
CREATE TABLE IF NOT EXISTS acts (
    idempotency_key TEXT NOT NULL PRIMARY KEY,
    story TEXT NOT NULL REFERENCES stories (id),
    username TEXT NOT NULL,
    command TEXT NOT NULL,
    hash TEXT NOT NULL,
    note TEXT NOT NULL,
    done_at BIGINT NOT NULL
);

-- The answer to each keyed command, in the same transaction as its effect.
CREATE TABLE IF NOT EXISTS receipts (
    idempotency_key TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    answer TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS photos (
    sha256 TEXT NOT NULL PRIMARY KEY,
    media_type TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS uploads (
    id TEXT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    length BIGINT NOT NULL,
    finished BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
