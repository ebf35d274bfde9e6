CREATE INDEX brought_of_story ON brought (story, portal, key);

CREATE INDEX events_by_time ON events (at);

CREATE INDEX guard_orders_of_story ON guard_orders (story);

CREATE INDEX intent_parents_by_parent ON intent_parents (parent);

CREATE INDEX intents_behind ON intents (behind) WHERE behind IS NOT NULL;

CREATE INDEX intents_of_story ON intents (story, key);

CREATE INDEX intents_open ON intents (portal, rank, key) WHERE state NOT IN ('confirmed', 'cancelled');

CREATE INDEX intents_sending ON intents (key) WHERE state = 'sending';

CREATE INDEX notes_of_story ON notes (story, written_at);

CREATE INDEX notes_of_thread ON notes (parent) WHERE parent IS NOT NULL;

CREATE INDEX notes_open ON notes (story) WHERE open = 1;

CREATE INDEX notes_unsent ON notes (story) WHERE portal IS NULL AND own = 1;

CREATE UNIQUE INDEX portals_current ON portals (current) WHERE current = 1;

CREATE INDEX queue_in_turn ON queue (portal, filed_at);

CREATE INDEX readings_overtaken ON readings (story) WHERE revision IS NOT NULL;

CREATE INDEX renditions_by_digest ON renditions (sha256);

CREATE INDEX stories_by_list ON stories (list, place);

CREATE INDEX stories_by_list_and_section ON stories (list, section, place);

CREATE INDEX stories_to_watch ON stories (live_at) WHERE live_at IS NOT NULL;

CREATE TABLE brought (
    key        INTEGER PRIMARY KEY,    -- the order in which they came
    story      INTEGER NOT NULL REFERENCES stories (key),
    portal     INTEGER NOT NULL REFERENCES portals (key),
    hash       BLOB    NOT NULL CHECK (length(hash) = 32),     -- of the payload's bytes there
    version    BLOB    NOT NULL CHECK (length(version) = 32),  -- of the content that it became here
    -- The revision that holds it, where the draft had moved and did not become it; NULL: it became the draft.
    revision   INTEGER,
    -- The story's newest intent then: what was confirmed later is what the portal had last. 0: there was none.
    after      INTEGER NOT NULL,
    brought_at INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_snapshots (
    story   INTEGER NOT NULL PRIMARY KEY REFERENCES stories (key),
    counter INTEGER NOT NULL,
    length  INTEGER NOT NULL,          -- of the text, in bytes
    content BLOB    NOT NULL           -- zstd of the content's JSON
) STRICT;

CREATE TABLE draft_splices (
    story    INTEGER NOT NULL REFERENCES stories (key),
    counter  INTEGER NOT NULL,
    start    INTEGER NOT NULL,
    removed  INTEGER NOT NULL,
    inserted BLOB    NOT NULL,
    PRIMARY KEY (story, counter)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_undo (
    story  INTEGER NOT NULL PRIMARY KEY REFERENCES stories (key),
    length INTEGER NOT NULL,
    undo   BLOB    NOT NULL            -- zstd; only the window can read it
) STRICT;

CREATE TABLE events (
    story    INTEGER NOT NULL REFERENCES stories (key),
    sequence INTEGER NOT NULL,
    id       BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    at       INTEGER NOT NULL,
    actor    TEXT    NOT NULL,
    command  TEXT    NOT NULL,
    version  BLOB             CHECK (version IS NULL OR length(version) = 32),
    desk     TEXT    NOT NULL,
    refused  TEXT,                     -- NULL: done; else the refusal's code
    note     TEXT    NOT NULL,
    previous BLOB             CHECK (previous IS NULL OR length(previous) = 32),
    hash     BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (story, sequence)
) STRICT;

CREATE TABLE guard_orders (
    key      INTEGER PRIMARY KEY,  -- the order they were given in
    id       BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    story    INTEGER NOT NULL REFERENCES stories (key),
    command  TEXT    NOT NULL CHECK (command IN ('flag', 'set_embargo')),
    until    INTEGER          CHECK ((command = 'set_embargo') = (until IS NOT NULL)),
    note     TEXT    NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE headline_words USING fts5(
    words,
    content = '', contentless_delete = 1, prefix = '3 4 5 6',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);

CREATE TABLE 'headline_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'headline_words_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'headline_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'headline_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE "intent_parents" (
    intent INTEGER NOT NULL REFERENCES "intents" (key),
    parent INTEGER NOT NULL REFERENCES "intents" (key),
    PRIMARY KEY (intent, parent)
) STRICT, WITHOUT ROWID;

CREATE TABLE "intents" (
    key          INTEGER PRIMARY KEY,  -- the order the commands were given in, over all stories
    id           BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    story        INTEGER NOT NULL REFERENCES stories (key),
    portal       INTEGER NOT NULL REFERENCES portals (key),
    kind         TEXT    NOT NULL CHECK (kind IN
                     ('photo', 'original', 'publish', 'correct', 'file', 'return', 'recall', 'approve', 'schedule', 'withdraw', 'kill')),
    -- For a photo and an original: the digest of the rendition that readers get.
    photo        BLOB             CHECK ((kind IN ('photo', 'original')) = (photo IS NOT NULL)),
    -- For a schedule: when readers are to get it, by the portal's clock.
    live_at      INTEGER          CHECK ((kind = 'schedule') = (live_at IS NOT NULL)),
    -- What goes first: see `IntentKind::rank`; a photo has the rank of what waits for it.
    rank         INTEGER NOT NULL,
    headline     TEXT    NOT NULL,     -- when the command was given
    version      BLOB             CHECK (version IS NULL OR length(version) = 32),
    payload      BLOB    NOT NULL,     -- the frozen bytes; empty for a photo or an original, whose bytes are its file
    payload_hash BLOB    NOT NULL CHECK (length(payload_hash) = 32),
    -- The reason of a taking down or a return, or the words for readers of a correction.
    note         TEXT    NOT NULL DEFAULT '',
    -- The publish window: not sent for the first time after this without asking; NULL: whenever it can be.
    send_until   INTEGER,
    state        TEXT    NOT NULL,
    -- 1: an attempt was made whose end is not known, so that "take it back" would be a lie.
    doubtful     INTEGER NOT NULL DEFAULT 0 CHECK (doubtful IN (0, 1)),
    attempts     INTEGER NOT NULL DEFAULT 0,
    next_at      INTEGER,              -- not before; NULL: at once
    cause        TEXT,
    detail       TEXT    NOT NULL DEFAULT '',
    bytes_sent   INTEGER NOT NULL DEFAULT 0,
    bytes_total  INTEGER NOT NULL,
    asked_at     INTEGER NOT NULL,
    settled_at   INTEGER,              -- last outcome of an attempt
    confirmed_at INTEGER,
    receipt      TEXT,                 -- JSON of the read-back
    -- JSON of the portal's version that stood in the way, and which revision it is here; NULL: none ever did.
    theirs       TEXT,
    -- The ETag of that version, once a person has said that ours goes in its place; it holds for that very version.
    over_etag    TEXT,
    -- 1: a person wants it sent although the day's budget is spent.
    beyond_budget INTEGER NOT NULL DEFAULT 0 CHECK (beyond_budget IN (0, 1)),
    -- For a correction: what kind of change it is; NULL: as before there were kinds.
    change       TEXT             CHECK (change IS NULL OR change IN
                     ('typo', 'update', 'clarification', 'correction', 'reply')),
    -- On whose word it goes out, where that is more than the press that sends it: an approval given before, or that of
    -- a single person.
    consent      TEXT             CHECK (consent IS NULL OR consent IN ('before', 'alone')),
    -- For an original: the story's intent that must be confirmed first.
    behind       INTEGER          REFERENCES "intents" (key) CHECK ((kind = 'original') = (behind IS NOT NULL))
, glass INTEGER CHECK (glass IS NULL OR glass = 1)) STRICT;

CREATE TABLE list_counts (
    list    TEXT    NOT NULL PRIMARY KEY,
    stories INTEGER NOT NULL CHECK (stories >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
    key         INTEGER PRIMARY KEY,   -- the order in which they came to this machine
    id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    story       INTEGER NOT NULL REFERENCES stories (key),
    -- The note that it answers, by its id, which may come later than the answer; NULL: it answers none.
    parent      BLOB             CHECK (parent IS NULL OR length(parent) = 16),
    author      TEXT    NOT NULL,      -- account at the portal; empty without one
    author_name TEXT    NOT NULL,
    words       TEXT    NOT NULL,
    -- What an answer does with the note that it answers.
    turn        TEXT             CHECK (turn IS NULL OR turn IN ('resolved', 'reopened', 'accepted', 'rejected')),
    anchor      TEXT,                  -- JSON; the words of the story as its writer selected them. NULL: the whole story
    place       TEXT,                  -- JSON of the same form; where those words stood here last. NULL: not looked for
    suggestion  TEXT,                  -- JSON; what the words of the anchor should become. NULL: the note only speaks
    -- By the portal's clock once it has it, else by this machine's.
    written_at  INTEGER NOT NULL,
    own         INTEGER NOT NULL CHECK (own IN (0, 1)),      -- written by the person at this machine
    named       INTEGER NOT NULL CHECK (named IN (0, 1)),    -- it calls that person by name
    portal      INTEGER REFERENCES portals (key),            -- which has it; NULL: none yet
    -- Of a note that answers none, with all its answers; 0 for an answer.
    open        INTEGER NOT NULL CHECK (open IN (0, 1)),     -- something is left to do about it
    waits       INTEGER NOT NULL CHECK (waits IN (0, 1)),    -- the person was called and has not answered
    CHECK (suggestion IS NULL OR (anchor IS NOT NULL AND parent IS NULL))
) STRICT;

CREATE TABLE photos (
    sha256       BLOB    NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
    name         TEXT    NOT NULL,     -- of the file it came from: shown, never a path
    media_type   TEXT    NOT NULL,
    width        INTEGER NOT NULL,     -- pixels, after orientation
    height       INTEGER NOT NULL,
    size         INTEGER NOT NULL,     -- bytes
    had_location INTEGER NOT NULL CHECK (had_location IN (0, 1)),
    added_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE portal_lists (
    portal     INTEGER NOT NULL REFERENCES portals (key),
    name       TEXT    NOT NULL,       -- 'latest', 'popular'
    content    TEXT    NOT NULL,       -- JSON, as the portal gave it
    etag       TEXT,
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY (portal, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE portals (
    key     INTEGER PRIMARY KEY,       -- the order they were added in
    id      BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    name    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    url     TEXT    NOT NULL,
    user    TEXT    NOT NULL,
    facts   TEXT    NOT NULL,          -- JSON: what the portal said of itself and of us, last time
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    current INTEGER NOT NULL DEFAULT 0 CHECK (current IN (0, 1) AND (current = 0 OR removed = 0))
) STRICT;

CREATE TABLE queue (
    portal        INTEGER NOT NULL REFERENCES portals (key),
    story         BLOB    NOT NULL CHECK (length(story) = 16),
    headline      TEXT    NOT NULL,
    section       TEXT    NOT NULL,
    author        TEXT    NOT NULL,    -- account
    author_name   TEXT    NOT NULL,
    words         INTEGER NOT NULL,
    photos        INTEGER NOT NULL,
    desk          TEXT    NOT NULL,
    public        TEXT    NOT NULL,
    hash          BLOB    NOT NULL CHECK (length(hash) = 32),  -- of the working copy's bytes there
    etag          TEXT    NOT NULL,
    -- By the portal's clock; NULL where it does not tell.
    filed_at      INTEGER,
    desk_at       INTEGER,
    desk_by       TEXT,                -- name of whoever brought it to where it stands
    desk_note     TEXT    NOT NULL,    -- what they said to it
    -- In whose hands it is: account, name, machine, and until when; all NULL when nobody has it.
    holder        TEXT,
    holder_name   TEXT,
    holder_device TEXT,
    held_until    INTEGER, guards TEXT,
    PRIMARY KEY (portal, story)
) STRICT, WITHOUT ROWID;

CREATE TABLE queue_cursors (
    portal    INTEGER NOT NULL PRIMARY KEY REFERENCES portals (key),
    cursor    TEXT    NOT NULL,        -- for the portal alone to read
    synced_at INTEGER NOT NULL
) STRICT;

CREATE TABLE queue_texts (
    portal     INTEGER NOT NULL REFERENCES portals (key),
    story      BLOB    NOT NULL CHECK (length(story) = 16),
    hash       BLOB    NOT NULL CHECK (length(hash) = 32),     -- of the payload's bytes there
    words      INTEGER NOT NULL,
    author     TEXT    NOT NULL,
    written_at INTEGER NOT NULL,
    length     INTEGER NOT NULL,       -- of the content, in bytes
    content    BLOB    NOT NULL,       -- zstd of the content's JSON
    PRIMARY KEY (portal, story)
) STRICT, WITHOUT ROWID;

CREATE TABLE readings (
    story    INTEGER NOT NULL PRIMARY KEY REFERENCES stories (key),
    read_at  INTEGER NOT NULL,
    -- The revision that they had read when somebody else's text became the draft; NULL: since then only they themselves
    -- have written here.
    revision INTEGER,
    FOREIGN KEY (story, revision) REFERENCES revisions (story, number)
) STRICT;

CREATE TABLE renditions (
    photo      BLOB    NOT NULL REFERENCES photos (sha256),
    use        TEXT    NOT NULL CHECK (use IN ('thumb', 'display')),
    sha256     BLOB    NOT NULL CHECK (length(sha256) = 32),
    media_type TEXT    NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    PRIMARY KEY (photo, use)
) STRICT;

CREATE TABLE revisions (
    story   INTEGER NOT NULL REFERENCES stories (key),
    number  INTEGER NOT NULL,
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    parent  BLOB             CHECK (parent IS NULL OR length(parent) = 32),
    cut_at  INTEGER NOT NULL,
    reason  TEXT    NOT NULL,
    author  TEXT    NOT NULL,
    words   INTEGER NOT NULL,
    length  INTEGER NOT NULL,
    base    INTEGER          CHECK (base IS NULL OR base = number - 1),
    content BLOB    NOT NULL, merged BLOB CHECK (merged IS NULL OR length(merged) = 32),
    PRIMARY KEY (story, number)
) STRICT;

CREATE TABLE sections (
    portal   INTEGER NOT NULL REFERENCES portals (key),
    slug     TEXT    NOT NULL,
    name_bn  TEXT    NOT NULL,
    name_en  TEXT    NOT NULL,
    parent   TEXT,
    position INTEGER NOT NULL,
    row      INTEGER NOT NULL,         -- place in the portal's own answer
    PRIMARY KEY (portal, slug)
) STRICT, WITHOUT ROWID;

CREATE TABLE sent_bytes (
    day   INTEGER NOT NULL PRIMARY KEY,
    bytes INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL                -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE stories (
    key              INTEGER PRIMARY KEY,
    id               BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    created_at       INTEGER NOT NULL,
    -- Order in the lists: the largest number is the newest change. Given anew only when another story has
    -- changed since, so that typing into one story does not touch the list indexes at all.
    place            INTEGER NOT NULL,
    -- The one desk list it stands in, derived from the axes by the domain.
    changed_at       INTEGER NOT NULL,
    -- The draft's last save: the window's counter, when it reached the disk, and the content's SHA-256.
    counter          INTEGER NOT NULL,
    saved_at         INTEGER NOT NULL,
    version          BLOB    NOT NULL CHECK (length(version) = 32),
    -- Copies of what the lists show; headline and byline are cut at a length that no list can show.
    headline         TEXT    NOT NULL,
    section          TEXT    NOT NULL,
    byline           TEXT    NOT NULL,
    words            INTEGER NOT NULL,
    photos           INTEGER NOT NULL,
    -- The four axes.
    desk             TEXT    NOT NULL,
    approved_version BLOB             CHECK (approved_version IS NULL OR length(approved_version) = 32),
    approved_by      TEXT    NOT NULL DEFAULT '',
    approved_at      INTEGER NOT NULL DEFAULT 0,
    delivery         TEXT,            -- NULL: never sent
    public           TEXT    NOT NULL,
    -- The portal's last word: the version that readers have and where; NULL until there is one.
    live_version     BLOB             CHECK (live_version IS NULL OR length(live_version) = 32),
    public_url       TEXT
, live_at INTEGER, approved_alone INTEGER NOT NULL DEFAULT 0 CHECK (approved_alone IN (0, 1)), approved_sent INTEGER NOT NULL DEFAULT 0 CHECK (approved_sent IN (0, 1)), fallen_version BLOB CHECK (fallen_version IS NULL OR length(fallen_version) = 32), fallen_by TEXT NOT NULL DEFAULT '', fallen_at INTEGER NOT NULL DEFAULT 0, fallen_alone INTEGER NOT NULL DEFAULT 0 CHECK (fallen_alone IN (0, 1)), guards TEXT, elsewhere INTEGER NOT NULL DEFAULT 0 CHECK (elsewhere IN (0, 1)), list TEXT NOT NULL DEFAULT 'drafts' CHECK (list IN
    ('drafts', 'sent', 'returned', 'scheduled', 'published', 'outbox', 'trash'))) STRICT;

CREATE VIRTUAL TABLE story_words USING fts5(
    words,
    content = '', contentless_delete = 1, prefix = '3 4 5 6',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);

CREATE TABLE 'story_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'story_words_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'story_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'story_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE taken_offline (
    story         INTEGER NOT NULL PRIMARY KEY REFERENCES stories (key),
    portal        INTEGER NOT NULL REFERENCES portals (key),
    taken_at      INTEGER NOT NULL,
    -- In whose hands the desk had it when it was asked: account, name, machine, and until when; all NULL while nobody was.
    holder        TEXT,
    holder_name   TEXT,
    holder_device TEXT,
    held_until    INTEGER
) STRICT;

CREATE TABLE unindexed (
    story INTEGER NOT NULL PRIMARY KEY REFERENCES stories (key)
) STRICT;

CREATE TABLE version_names (
    story  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name   TEXT    NOT NULL CHECK (name <> ''),
    PRIMARY KEY (story, number),
    FOREIGN KEY (story, number) REFERENCES revisions (story, number)
) STRICT;

CREATE TRIGGER events_immutable BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'the log is only ever appended to');
END;

CREATE TRIGGER events_kept BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'the log is only ever appended to');
END;

CREATE TRIGGER intents_kept BEFORE DELETE ON intents BEGIN
    SELECT RAISE(ABORT, 'an intent is never deleted');
END;

CREATE TRIGGER notes_kept BEFORE DELETE ON notes BEGIN
    SELECT RAISE(ABORT, 'a note is never deleted');
END;

CREATE TRIGGER queue_texts_dropped AFTER DELETE ON queue BEGIN
    DELETE FROM queue_texts WHERE portal = old.portal AND story = old.story;
END;

CREATE TRIGGER revisions_immutable BEFORE UPDATE ON revisions BEGIN
    SELECT RAISE(ABORT, 'a revision is never changed');
END;

CREATE TRIGGER revisions_kept BEFORE DELETE ON revisions BEGIN
    SELECT RAISE(ABORT, 'a revision is never deleted');
END;

CREATE TRIGGER stories_counted AFTER INSERT ON stories BEGIN
    UPDATE list_counts SET stories = stories + 1 WHERE list = new.list;
END;

CREATE TRIGGER stories_kept BEFORE DELETE ON stories BEGIN
    SELECT RAISE(ABORT, 'a story is never deleted');
END;

CREATE TRIGGER stories_recounted AFTER UPDATE OF list ON stories WHEN old.list <> new.list BEGIN
    UPDATE list_counts SET stories = stories - 1 WHERE list = old.list;
    UPDATE list_counts SET stories = stories + 1 WHERE list = new.list;
END;
