-- Why: what waits at a portal's desk is seen here, also without a network, and is taken from there; and what a portal
-- held and was taken in here is no stranger's text afterwards.

-- What a portal's desk has open, as it last told: only a copy, and what leaves it there leaves it here.
CREATE TABLE queue (
    portal        INTEGER NOT NULL REFERENCES portals (key),
    story         BLOB    NOT NULL CHECK (length(story) = 16),
    headline      TEXT    NOT NULL,
    section       TEXT    NOT NULL,
    author        TEXT    NOT NULL,    -- account
    author_name   TEXT    NOT NULL,
    words         INTEGER NOT NULL,
    photos        INTEGER NOT NULL,
    desk          TEXT    NOT NULL,
    public        TEXT    NOT NULL,
    hash          BLOB    NOT NULL CHECK (length(hash) = 32),  -- of the working copy's bytes there
    etag          TEXT    NOT NULL,
    -- By the portal's clock; NULL where it does not tell.
    filed_at      INTEGER,
    desk_at       INTEGER,
    desk_by       TEXT,                -- name of whoever brought it to where it stands
    desk_note     TEXT    NOT NULL,    -- what they said to it
    -- In whose hands it is: account, name, machine, and until when; all NULL when nobody has it.
    holder        TEXT,
    holder_name   TEXT,
    holder_device TEXT,
    held_until    INTEGER,
    PRIMARY KEY (portal, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_in_turn ON queue (portal, filed_at);

-- How far a portal's desk was followed.
CREATE TABLE queue_cursors (
    portal    INTEGER NOT NULL PRIMARY KEY REFERENCES portals (key),
    cursor    TEXT    NOT NULL,        -- for the portal alone to read
    synced_at INTEGER NOT NULL
) STRICT;

-- Versions of a portal's that came here with a story that was taken or returned.
CREATE TABLE brought (
    key        INTEGER PRIMARY KEY,    -- the order in which they came
    story      INTEGER NOT NULL REFERENCES stories (key),
    portal     INTEGER NOT NULL REFERENCES portals (key),
    hash       BLOB    NOT NULL CHECK (length(hash) = 32),     -- of the payload's bytes there
    version    BLOB    NOT NULL CHECK (length(version) = 32),  -- of the content that it became here
    -- The revision that holds it, where the draft had moved and did not become it; NULL: it became the draft.
    revision   INTEGER,
    -- The story's newest intent then: what was confirmed later is what the portal had last. 0: there was none.
    after      INTEGER NOT NULL,
    brought_at INTEGER NOT NULL
) STRICT;
CREATE INDEX brought_of_story ON brought (story, portal, key);
