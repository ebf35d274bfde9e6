-- What version 6 adds: which words of the story a note stands at, which note it answers, and what the answer does with that one.
ALTER TABLE notes ADD COLUMN parent TEXT;
ALTER TABLE notes ADD COLUMN turn TEXT;
ALTER TABLE notes ADD COLUMN anchor TEXT;
