-- What version 8 adds: what a note proposes for the words it stands at.
ALTER TABLE notes ADD COLUMN suggestion TEXT;
