-- Why: a note may say not only that words should change but into what, and then somebody takes that over or does not.
-- What a turn may be stands in a check, so the table is made anew.

DROP TRIGGER notes_kept;
ALTER TABLE notes RENAME TO notes_before;
DROP INDEX notes_of_story;
DROP INDEX notes_of_thread;
DROP INDEX notes_open;
DROP INDEX notes_unsent;
CREATE TABLE notes (
    key         INTEGER PRIMARY KEY,   -- the order in which they came to this machine
    id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    story       INTEGER NOT NULL REFERENCES stories (key),
    -- The note that it answers, by its id, which may come later than the answer; NULL: it answers none.
    parent      BLOB             CHECK (parent IS NULL OR length(parent) = 16),
    author      TEXT    NOT NULL,      -- account at the portal; empty without one
    author_name TEXT    NOT NULL,
    words       TEXT    NOT NULL,
    -- What an answer does with the note that it answers.
    turn        TEXT             CHECK (turn IS NULL OR turn IN ('resolved', 'reopened', 'accepted', 'rejected')),
    anchor      TEXT,                  -- JSON; the words of the story as its writer selected them. NULL: the whole story
    place       TEXT,                  -- JSON of the same form; where those words stood here last. NULL: not looked for
    suggestion  TEXT,                  -- JSON; what the words of the anchor should become. NULL: the note only speaks
    -- By the portal's clock once it has it, else by this machine's.
    written_at  INTEGER NOT NULL,
    own         INTEGER NOT NULL CHECK (own IN (0, 1)),      -- written by the person at this machine
    named       INTEGER NOT NULL CHECK (named IN (0, 1)),    -- it calls that person by name
    portal      INTEGER REFERENCES portals (key),            -- which has it; NULL: none yet
    -- Of a note that answers none, with all its answers; 0 for an answer.
    open        INTEGER NOT NULL CHECK (open IN (0, 1)),     -- something is left to do about it
    waits       INTEGER NOT NULL CHECK (waits IN (0, 1)),    -- the person was called and has not answered
    CHECK (suggestion IS NULL OR (anchor IS NOT NULL AND parent IS NULL))
) STRICT;
INSERT INTO notes (key, id, story, parent, author, author_name, words, turn, anchor, place, written_at, own, named,
                   portal, open, waits)
    SELECT key, id, story, parent, author, author_name, words, turn, anchor, place, written_at, own, named, portal,
           open, waits
    FROM notes_before;
DROP TABLE notes_before;
CREATE INDEX notes_of_story ON notes (story, written_at);
CREATE INDEX notes_of_thread ON notes (parent) WHERE parent IS NOT NULL;
CREATE INDEX notes_open ON notes (story) WHERE open = 1;
CREATE INDEX notes_unsent ON notes (story) WHERE portal IS NULL AND own = 1;
CREATE TRIGGER notes_kept BEFORE DELETE ON notes BEGIN
    SELECT RAISE(ABORT, 'a note is never deleted');
END;
