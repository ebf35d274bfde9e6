-- What version 7 adds: the approval that stands, which holds for one version, and on whose word a command was given.
ALTER TABLE stories ADD COLUMN approved_hash TEXT;
ALTER TABLE stories ADD COLUMN approved_by TEXT;
ALTER TABLE stories ADD COLUMN approved_at BIGINT;
ALTER TABLE stories ADD COLUMN approved_alone BIGINT NOT NULL DEFAULT 0;
ALTER TABLE acts ADD COLUMN consent TEXT;
