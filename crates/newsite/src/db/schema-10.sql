-- What version 10 adds: what holds a story back from readers, as JSON; what was warned of when a version went out; and the
-- record by its time, for the morning sheet.
ALTER TABLE stories ADD COLUMN legal TEXT;
ALTER TABLE stories ADD COLUMN embargo TEXT;
ALTER TABLE stories ADD COLUMN kill_asked TEXT;
ALTER TABLE acts ADD COLUMN warnings TEXT;
CREATE INDEX acts_by_time ON acts (done_at);
