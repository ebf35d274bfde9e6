-- Why: the original of a photo goes to a portal that keeps originals, behind its story. The two tables are made anew under
-- their names, row for row, as in 0003.
CREATE TABLE intents_wider (
    key          INTEGER PRIMARY KEY,  -- the order the commands were given in, over all stories
    id           BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    story        INTEGER NOT NULL REFERENCES stories (key),
    portal       INTEGER NOT NULL REFERENCES portals (key),
    kind         TEXT    NOT NULL CHECK (kind IN
                     ('photo', 'original', 'publish', 'correct', 'file', 'return', 'recall', 'approve', 'schedule', 'withdraw', 'kill')),
    -- For a photo and an original: the digest of the rendition that readers get.
    photo        BLOB             CHECK ((kind IN ('photo', 'original')) = (photo IS NOT NULL)),
    -- For a schedule: when readers are to get it, by the portal's clock.
    live_at      INTEGER          CHECK ((kind = 'schedule') = (live_at IS NOT NULL)),
    -- What goes first: see `IntentKind::rank`; a photo has the rank of what waits for it.
    rank         INTEGER NOT NULL,
    headline     TEXT    NOT NULL,     -- when the command was given
    version      BLOB             CHECK (version IS NULL OR length(version) = 32),
    payload      BLOB    NOT NULL,     -- the frozen bytes; empty for a photo or an original, whose bytes are its file
    payload_hash BLOB    NOT NULL CHECK (length(payload_hash) = 32),
    -- The reason of a taking down or a return, or the words for readers of a correction.
    note         TEXT    NOT NULL DEFAULT '',
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
    receipt      TEXT,                 -- JSON of the read-back
    -- JSON of the portal's version that stood in the way, and which revision it is here; NULL: none ever did.
    theirs       TEXT,
    -- The ETag of that version, once a person has said that ours goes in its place; it holds for that very version.
    over_etag    TEXT,
    -- 1: a person wants it sent although the day's budget is spent.
    beyond_budget INTEGER NOT NULL DEFAULT 0 CHECK (beyond_budget IN (0, 1)),
    -- For a correction: what kind of change it is; NULL: as before there were kinds.
    change       TEXT             CHECK (change IS NULL OR change IN
                     ('typo', 'update', 'clarification', 'correction', 'reply')),
    -- On whose word it goes out, where that is more than the press that sends it: an approval given before, or that of
    -- a single person.
    consent      TEXT             CHECK (consent IS NULL OR consent IN ('before', 'alone')),
    -- For an original: the story's intent that must be confirmed first.
    behind       INTEGER          REFERENCES intents_wider (key) CHECK ((kind = 'original') = (behind IS NOT NULL))
) STRICT;
INSERT INTO intents_wider (key, id, story, portal, kind, photo, live_at, rank, headline, version, payload, payload_hash,
        note, send_until, state, doubtful, attempts, next_at, cause, detail, bytes_sent, bytes_total, asked_at,
        settled_at, confirmed_at, receipt, theirs, over_etag, beyond_budget, change, consent)
    SELECT key, id, story, portal, kind, photo, live_at, rank, headline, version, payload, payload_hash,
        note, send_until, state, doubtful, attempts, next_at, cause, detail, bytes_sent, bytes_total, asked_at,
        settled_at, confirmed_at, receipt, theirs, over_etag, beyond_budget, change, consent
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
CREATE INDEX intents_behind ON intents (behind) WHERE behind IS NOT NULL;
CREATE INDEX intents_sending ON intents (key) WHERE state = 'sending';
CREATE TRIGGER intents_kept BEFORE DELETE ON intents BEGIN
    SELECT RAISE(ABORT, 'an intent is never deleted');
END;
