-- Why: a story is taken without a network too, when its text is here. The desk is asked once it can be reached; until then,
-- and when somebody else has it by then, the person sees how it stands.

CREATE TABLE taken_offline (
    story         INTEGER NOT NULL PRIMARY KEY REFERENCES stories (key),
    portal        INTEGER NOT NULL REFERENCES portals (key),
    taken_at      INTEGER NOT NULL,
    -- In whose hands the desk had it when it was asked: account, name, machine, and until when; all NULL while nobody was.
    holder        TEXT,
    holder_name   TEXT,
    holder_device TEXT,
    held_until    INTEGER
) STRICT;

-- Texts of stories that wait at a portal's desk, fetched in advance. Only a copy: what leaves the queue leaves this too.
CREATE TABLE queue_texts (
    portal     INTEGER NOT NULL REFERENCES portals (key),
    story      BLOB    NOT NULL CHECK (length(story) = 16),
    hash       BLOB    NOT NULL CHECK (length(hash) = 32),     -- of the payload's bytes there
    words      INTEGER NOT NULL,
    author     TEXT    NOT NULL,
    written_at INTEGER NOT NULL,
    length     INTEGER NOT NULL,       -- of the content, in bytes
    content    BLOB    NOT NULL,       -- zstd of the content's JSON
    PRIMARY KEY (portal, story)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER queue_texts_dropped AFTER DELETE ON queue BEGIN
    DELETE FROM queue_texts WHERE portal = old.portal AND story = old.story;
END;
