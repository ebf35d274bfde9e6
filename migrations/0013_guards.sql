-- Why: what holds a story back from readers stands beside it: a legal flag, an embargo, a kill that waits for a second
-- person. Putting one on works without a network, so what was put on here waits until the portal has heard of it.

-- JSON of what holds the story back; NULL: nothing. Read as a whole, and never searched.
ALTER TABLE stories ADD COLUMN guards TEXT;
ALTER TABLE queue ADD COLUMN guards TEXT;
-- 1: a kill without the second person that it needs. NULL: any other intent. (The check of `consent` is older than this word of consent.)
ALTER TABLE intents ADD COLUMN glass INTEGER CHECK (glass IS NULL OR glass = 1);

CREATE TABLE guard_orders (
    key      INTEGER PRIMARY KEY,  -- the order they were given in
    id       BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    story    INTEGER NOT NULL REFERENCES stories (key),
    command  TEXT    NOT NULL CHECK (command IN ('flag', 'set_embargo')),
    until    INTEGER          CHECK ((command = 'set_embargo') = (until IS NOT NULL)),
    note     TEXT    NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX guard_orders_of_story ON guard_orders (story);
-- For the morning sheet, which asks for a day over all stories.
CREATE INDEX events_by_time ON events (at);
