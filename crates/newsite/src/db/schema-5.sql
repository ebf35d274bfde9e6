-- What version 5 adds: when a version was last filed; when and by whom the working copy last came into other hands, and what was said
-- with it; how many words and photos it has.
ALTER TABLE stories ADD COLUMN filed_at BIGINT;
ALTER TABLE stories ADD COLUMN desk_at BIGINT;
ALTER TABLE stories ADD COLUMN desk_by TEXT;
ALTER TABLE stories ADD COLUMN desk_note TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN head_words BIGINT NOT NULL DEFAULT 0;
ALTER TABLE stories ADD COLUMN head_photos BIGINT NOT NULL DEFAULT 0;
UPDATE stories SET filed_at = (SELECT MAX(done_at) FROM acts WHERE acts.story = stories.id AND acts.command = 'file');
