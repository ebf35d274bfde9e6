-- What version 3 adds: how often a story was withdrawn or killed, which is part of its entity tag.
ALTER TABLE stories ADD COLUMN takings_down BIGINT NOT NULL DEFAULT 0;
