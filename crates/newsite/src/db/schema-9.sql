-- What version 9 adds: originals, of a photo that readers get and for the desk alone. They go with the last story that has it.
CREATE TABLE originals (
    photo TEXT NOT NULL PRIMARY KEY REFERENCES photos (sha256),
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL
);

-- Files of originals that nobody may have any more and that are still to be deleted.
CREATE TABLE originals_gone (sha256 TEXT NOT NULL PRIMARY KEY);

-- What an upload is an original of, and with which story it comes; NULL: it is a photo.
ALTER TABLE uploads ADD COLUMN original_of TEXT;
ALTER TABLE uploads ADD COLUMN story TEXT;
