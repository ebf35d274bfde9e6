-- What version 4 adds: of what kind the change is that the page tells of; NULL for those of before, which are corrections.
ALTER TABLE stories ADD COLUMN correction_kind TEXT;
