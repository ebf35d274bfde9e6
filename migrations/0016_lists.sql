-- Why: what waits at the desk, what came back from it and what goes live at a set time each stand in a list of their own,
-- and not among what is being written. For that a story knows whether somebody else at the desk has it.

DROP TRIGGER stories_counted;
DROP TRIGGER stories_recounted;
DROP INDEX stories_by_list;
DROP INDEX stories_by_list_and_section;

-- 1: it was handed in or given away here, and is worked on by somebody else since.
ALTER TABLE stories ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0 CHECK (elsewhere IN (0, 1));
-- What was not written down so far: of a story whose last word from here was that it is filed, the desk has made the rest.
UPDATE stories SET elsewhere = 1
    WHERE desk IN ('in_edit', 'approved')
      AND (SELECT kind FROM intents WHERE story = stories.key AND kind NOT IN ('photo', 'original')
           ORDER BY key DESC LIMIT 1) = 'file';

-- SQLite cannot widen a CHECK, so the column is made anew.
ALTER TABLE stories ADD COLUMN stands_in TEXT NOT NULL DEFAULT 'drafts' CHECK (stands_in IN
    ('drafts', 'sent', 'returned', 'scheduled', 'published', 'outbox', 'trash'));
UPDATE stories SET stands_in = CASE
    WHEN list IN ('outbox', 'trash') THEN list
    WHEN desk = 'returned' THEN 'returned'
    WHEN public = 'scheduled' THEN 'scheduled'
    WHEN public <> 'never' THEN 'published'
    WHEN desk = 'filed' OR elsewhere = 1 THEN 'sent'
    ELSE 'drafts' END;
ALTER TABLE stories DROP COLUMN list;
ALTER TABLE stories RENAME COLUMN stands_in TO list;
CREATE INDEX stories_by_list ON stories (list, place);
CREATE INDEX stories_by_list_and_section ON stories (list, section, place);

INSERT INTO list_counts (list, stories) VALUES ('sent', 0), ('returned', 0), ('scheduled', 0);
UPDATE list_counts SET stories = (SELECT count(*) FROM stories WHERE stories.list = list_counts.list);
CREATE TRIGGER stories_counted AFTER INSERT ON stories BEGIN
    UPDATE list_counts SET stories = stories + 1 WHERE list = new.list;
END;
CREATE TRIGGER stories_recounted AFTER UPDATE OF list ON stories WHEN old.list <> new.list BEGIN
    UPDATE list_counts SET stories = stories - 1 WHERE list = old.list;
    UPDATE list_counts SET stories = stories + 1 WHERE list = new.list;
END;
