-- What is in force now, so that asking for it need not ask what has superseded what. It is kept as the view `reports` is, in the
-- transaction of whatever changes that; forms 1 and 2 of the record lacked it. `actor` is the first of the actors' codes in the order of
-- the alphabet.
CREATE TABLE in_force (
    event INTEGER PRIMARY KEY REFERENCES events,
    event_id TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    event_type TEXT NOT NULL,
    mode TEXT,
    quad INTEGER NOT NULL,
    score REAL,
    status TEXT NOT NULL,
    day TEXT,
    date_precision TEXT,
    place TEXT,
    place_country TEXT,
    dead INTEGER,
    injured INTEGER,
    arrested INTEGER,
    confidence REAL NOT NULL,
    incident INTEGER NOT NULL,
    article INTEGER NOT NULL,
    version INTEGER NOT NULL,
    copy_of INTEGER,
    actor TEXT
) STRICT;
CREATE INDEX in_force_by_version ON in_force (version);
CREATE INDEX in_force_by_incident ON in_force (incident, status, dead, injured, arrested, place_country, actor, published);
CREATE INDEX in_force_by_place ON in_force (place, place_country, status, incident) WHERE place IS NOT NULL;
