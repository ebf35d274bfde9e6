-- Why: what somebody wrote at the portal comes back as a version, and a person decides what becomes of ours; and
-- bytes that were sent are counted by the day, for those who pay for them.

-- JSON of the portal's version that stood in the way, and which revision it is here; NULL: none ever did.
ALTER TABLE intents ADD COLUMN theirs TEXT;
-- The ETag of that version, once a person has said that ours goes in its place; it holds for that very version.
ALTER TABLE intents ADD COLUMN over_etag TEXT;
-- 1: a person wants it sent although the day's budget is spent.
ALTER TABLE intents ADD COLUMN beyond_budget INTEGER NOT NULL DEFAULT 0 CHECK (beyond_budget IN (0, 1));

-- Bytes that a portal has acknowledged, by the day of the newsroom's clock: days since 1970-01-01.
CREATE TABLE sent_bytes (
    day   INTEGER NOT NULL PRIMARY KEY,
    bytes INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT, WITHOUT ROWID;
