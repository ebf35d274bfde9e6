-- What version 2 adds. It runs once, in the transaction that also notes the version.
-- desk: where the working copy stands; head_*: what it says. scheduled_*: the version that readers get at a set time; what they have
-- now stays in the live columns. changed: the site's counter when the story was last changed, never the same twice.
ALTER TABLE stories ADD COLUMN desk TEXT NOT NULL DEFAULT 'draft';
ALTER TABLE stories ADD COLUMN filed_hash TEXT;
ALTER TABLE stories ADD COLUMN scheduled_revision BIGINT;
ALTER TABLE stories ADD COLUMN scheduled_hash TEXT;
ALTER TABLE stories ADD COLUMN scheduled_for BIGINT;
ALTER TABLE stories ADD COLUMN head_headline TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN head_section TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;

CREATE TABLE site_counter (value BIGINT NOT NULL);
INSERT INTO site_counter (value) SELECT COUNT(*) FROM stories;
UPDATE stories SET changed = (SELECT COUNT(*) FROM stories AS other WHERE other.id <= stories.id);

CREATE UNIQUE INDEX stories_by_change ON stories (changed);
CREATE INDEX stories_by_schedule ON stories (scheduled_for);

-- Who writes at a story just now. It stops nobody.
CREATE TABLE leases (
    story TEXT NOT NULL PRIMARY KEY REFERENCES stories (id),
    token_hash TEXT NOT NULL,
    username TEXT NOT NULL REFERENCES accounts (username),
    device TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Words between desk and author; readers never get them.
CREATE TABLE notes (
    story TEXT NOT NULL REFERENCES stories (id),
    id TEXT NOT NULL,
    username TEXT NOT NULL REFERENCES accounts (username),
    words TEXT NOT NULL,
    paragraph BIGINT,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (story, id)
);

CREATE TABLE comments (
    id TEXT NOT NULL PRIMARY KEY,
    story TEXT NOT NULL REFERENCES stories (id),
    reader TEXT NOT NULL,
    words TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    hidden BIGINT NOT NULL
);

CREATE INDEX comments_by_story ON comments (story, written_at);

-- The tags of each working copy; folded is how a tag is looked for.
CREATE TABLE story_tags (
    story TEXT NOT NULL REFERENCES stories (id),
    tag TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (story, tag)
);
