-- Why: readers are told what was changed in a story that they have.

-- For a correction: what kind of change it is; the words for readers are the note. NULL: as before there were kinds.
ALTER TABLE intents ADD COLUMN change TEXT
    CHECK (change IS NULL OR change IN ('typo', 'update', 'clarification', 'correction', 'reply'));
