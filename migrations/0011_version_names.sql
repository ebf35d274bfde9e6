-- Why: a version that matters gets a name, to be found among fifty. The version itself is never changed.

CREATE TABLE version_names (
    story  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name   TEXT    NOT NULL CHECK (name <> ''),
    PRIMARY KEY (story, number),
    FOREIGN KEY (story, number) REFERENCES revisions (story, number)
) STRICT;
