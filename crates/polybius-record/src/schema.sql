-- The record's tables. Times are UTC, as 2024-10-11T08:00:00Z; days are 2024-10-11. `superseded_at`, `until` and `undone_at` are null
-- as long as the row holds. Nothing is ever deleted.

-- What coded: one row for each combination of program, codebook, models and settings.
CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL,
    program TEXT NOT NULL,
    codebook TEXT NOT NULL,
    models TEXT NOT NULL,
    settings TEXT NOT NULL,
    began TEXT NOT NULL
) STRICT;

-- An article is what its source calls by one id; an unknown outlet is empty.
CREATE TABLE articles (
    article INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    outlet TEXT NOT NULL,
    UNIQUE (id, outlet)
) STRICT;

-- A changed article is a new version. `copy_of` is the earliest version of another article with the same text, or nearly so.
CREATE TABLE versions (
    version INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles,
    number INTEGER NOT NULL,
    published TEXT,
    title TEXT,
    author TEXT,
    url TEXT,
    digest TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    n_characters INTEGER NOT NULL,
    n_sentences INTEGER NOT NULL,
    n_shingles INTEGER NOT NULL,
    copy_of INTEGER REFERENCES versions,
    copy_kind TEXT,
    copy_score REAL,
    read_at TEXT NOT NULL,
    superseded_at TEXT,
    signature BLOB,
    UNIQUE (article, number),
    UNIQUE (article, digest)
) STRICT;
CREATE INDEX versions_by_text ON versions (text_digest);
CREATE INDEX versions_by_day ON versions (published, read_at, superseded_at, article);
CREATE INDEX versions_by_copy ON versions (copy_of) WHERE copy_of IS NOT NULL;

-- What is kept of a version's words. They stand apart, so that counting need not pass over them.
CREATE TABLE bodies (
    version INTEGER PRIMARY KEY REFERENCES versions,
    title TEXT,
    text TEXT
) STRICT;

-- Where versions that are no copies can be found by parts of their signature.
CREATE TABLE copy_bands (
    band INTEGER NOT NULL,
    version INTEGER NOT NULL REFERENCES versions,
    PRIMARY KEY (band, version)
) STRICT, WITHOUT ROWID;

-- A version coded by a run; superseded by a later run's coding, or by the coding of a later version.
CREATE TABLE codings (
    coding INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions,
    run INTEGER NOT NULL REFERENCES runs,
    coded_at TEXT NOT NULL,
    superseded_at TEXT,
    UNIQUE (version, run)
) STRICT;

-- A report: one event of one sentence, as far as it is asked for; the whole of it is in `evidence`.
-- `day` is the day it is counted on; `date_precision` is `published` where no words tell the date. `act` is the first report of
-- the same act in the article.
CREATE TABLE events (
    event INTEGER PRIMARY KEY,
    coding INTEGER NOT NULL REFERENCES codings,
    event_id TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    event_type TEXT NOT NULL,
    mode TEXT,
    quad INTEGER NOT NULL,
    score REAL,
    status TEXT NOT NULL,
    day TEXT,
    date_start TEXT,
    date_end TEXT,
    date_precision TEXT,
    place TEXT,
    place_country TEXT,
    dead INTEGER,
    injured INTEGER,
    arrested INTEGER,
    confidence REAL NOT NULL,
    act INTEGER NOT NULL,
    act_score REAL,
    act_reason TEXT
) STRICT;
CREATE INDEX events_by_coding ON events (coding);
CREATE INDEX events_by_id ON events (event_id);

-- A report with all that proves it, as `polybius schema` says.
CREATE TABLE evidence (
    event INTEGER PRIMARY KEY REFERENCES events,
    row TEXT NOT NULL
) STRICT;

-- Who took part, in the order of the sentence.
CREATE TABLE participants (
    event INTEGER NOT NULL REFERENCES events,
    side TEXT NOT NULL,
    position INTEGER NOT NULL,
    entity TEXT,
    country TEXT,
    sector TEXT,
    name TEXT NOT NULL,
    PRIMARY KEY (event, side, position)
) STRICT, WITHOUT ROWID;

-- Each ordered pair of actor and recipient of an event: the country, else the entity. Those who act together make pairs both ways.
CREATE TABLE dyads (
    event INTEGER NOT NULL REFERENCES events,
    actor TEXT NOT NULL,
    recipient TEXT NOT NULL,
    PRIMARY KEY (event, actor, recipient)
) STRICT, WITHOUT ROWID;

-- An incident is what reports of the same act are reports of. A membership says since when, how surely and why.
CREATE TABLE incidents (
    incident INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL
) STRICT;
CREATE TABLE memberships (
    membership INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES events,
    incident INTEGER NOT NULL REFERENCES incidents,
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    made_by INTEGER REFERENCES decisions,
    ended_by INTEGER REFERENCES decisions
) STRICT;
CREATE INDEX memberships_by_event ON memberships (event);
CREATE INDEX memberships_by_incident ON memberships (incident);

-- What a person decided about incidents: merge, split.
CREATE TABLE decisions (
    decision INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_at TEXT NOT NULL,
    undone_at TEXT
) STRICT;

-- What is no longer to be shown, and why: an article with all its versions, or an event by its id in whatever coding.
CREATE TABLE retractions (
    retraction INTEGER PRIMARY KEY,
    article INTEGER REFERENCES articles,
    event_id TEXT,
    reason TEXT NOT NULL,
    made_at TEXT NOT NULL,
    undone_at TEXT,
    undone_reason TEXT
) STRICT;

-- Records of sources that could not be read.
CREATE TABLE problems (
    path TEXT NOT NULL,
    line INTEGER NOT NULL,
    reason TEXT NOT NULL,
    cure TEXT NOT NULL,
    found_at TEXT NOT NULL,
    PRIMARY KEY (path, line, reason)
) STRICT, WITHOUT ROWID;

-- Full text of every version that is kept.
CREATE VIRTUAL TABLE texts USING fts5 (title, text, content = 'bodies', content_rowid = 'version', tokenize = 'porter unicode61');
