-- Why: whoever opens a story again is told what is new in it since they read it here last; and a version that was made of
-- two says of which.

-- What the person at this machine has read, and when last. A store is one person's, and nothing of this leaves it.
CREATE TABLE readings (
    story    INTEGER NOT NULL PRIMARY KEY REFERENCES stories (key),
    read_at  INTEGER NOT NULL,
    -- The revision that they had read when somebody else's text became the draft; NULL: since then only they themselves
    -- have written here.
    revision INTEGER,
    FOREIGN KEY (story, revision) REFERENCES revisions (story, number)
) STRICT;
CREATE INDEX readings_overtaken ON readings (story) WHERE revision IS NOT NULL;

-- The other version that a merged one was made of. NULL: it was made of one, or merged before this was kept.
ALTER TABLE revisions ADD COLUMN merged BLOB CHECK (merged IS NULL OR length(merged) = 32);
