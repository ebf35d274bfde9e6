-- Why: a story is also filed, scheduled, withdrawn and killed through the outbox. SQLite cannot widen a CHECK, so the
-- two tables are made anew under their names, row for row.
CREATE TABLE intents_wider (
    key          INTEGER PRIMARY KEY,  -- the order the commands were given in, over all stories
    id           BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    story        INTEGER NOT NULL REFERENCES stories (key),
    portal       INTEGER NOT NULL REFERENCES portals (key),
    kind         TEXT    NOT NULL CHECK (kind IN
                     ('photo', 'publish', 'correct', 'file', 'schedule', 'withdraw', 'kill')),
    photo        BLOB             CHECK ((kind = 'photo') = (photo IS NOT NULL)),
    -- For a schedule: when readers are to get it, by the portal's clock.
    live_at      INTEGER          CHECK ((kind = 'schedule') = (live_at IS NOT NULL)),
    -- What goes first: see `IntentKind::rank`; a photo has the rank of what waits for it.
    rank         INTEGER NOT NULL,
    headline     TEXT    NOT NULL,     -- when the command was given
    version      BLOB             CHECK (version IS NULL OR length(version) = 32),
    payload      BLOB    NOT NULL,     -- the frozen bytes; empty for a photo, whose bytes are its file
    payload_hash BLOB    NOT NULL CHECK (length(payload_hash) = 32),
    note         TEXT    NOT NULL DEFAULT '',  -- the reason of a taking down
    -- The publish window: not sent for the first time after this without asking; NULL: whenever it can be.
    send_until   INTEGER,
    state        TEXT    NOT NULL,
    -- 1: an attempt was made whose end is not known, so that "take it back" would be a lie.
    doubtful     INTEGER NOT NULL DEFAULT 0 CHECK (doubtful IN (0, 1)),
    attempts     INTEGER NOT NULL DEFAULT 0,
    next_at      INTEGER,              -- not before; NULL: at once
    cause        TEXT,
    detail       TEXT    NOT NULL DEFAULT '',
    bytes_sent   INTEGER NOT NULL DEFAULT 0,
    bytes_total  INTEGER NOT NULL,
    asked_at     INTEGER NOT NULL,
    settled_at   INTEGER,              -- last outcome of an attempt
    confirmed_at INTEGER,
    receipt      TEXT                  -- JSON of the read-back
) STRICT;
INSERT INTO intents_wider (key, id, story, portal, kind, photo, rank, headline, version, payload, payload_hash,
        state, doubtful, attempts, next_at, cause, detail, bytes_sent, bytes_total, asked_at, settled_at,
        confirmed_at, receipt)
    SELECT key, id, story, portal, kind, photo, rank + 2, headline, version, payload, payload_hash,
        state, doubtful, attempts, next_at, cause, detail, bytes_sent, bytes_total, asked_at, settled_at,
        confirmed_at, receipt
    FROM intents;
CREATE TABLE intent_parents_kept (
    intent INTEGER NOT NULL REFERENCES intents_wider (key),
    parent INTEGER NOT NULL REFERENCES intents_wider (key),
    PRIMARY KEY (intent, parent)
) STRICT, WITHOUT ROWID;
INSERT INTO intent_parents_kept (intent, parent) SELECT intent, parent FROM intent_parents;
DROP TABLE intent_parents;
DROP TABLE intents;
ALTER TABLE intents_wider RENAME TO intents;
ALTER TABLE intent_parents_kept RENAME TO intent_parents;
CREATE INDEX intent_parents_by_parent ON intent_parents (parent);
CREATE INDEX intents_of_story ON intents (story, key);
CREATE INDEX intents_open ON intents (portal, rank, key) WHERE state NOT IN ('confirmed', 'cancelled');
CREATE INDEX intents_sending ON intents (key) WHERE state = 'sending';
CREATE TRIGGER intents_kept BEFORE DELETE ON intents BEGIN
    SELECT RAISE(ABORT, 'an intent is never deleted');
END;

-- When the portal said that readers will get it; NULL unless scheduled.
ALTER TABLE stories ADD COLUMN live_at INTEGER;
CREATE INDEX stories_to_watch ON stories (live_at) WHERE live_at IS NOT NULL;
