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

-- Where reports in force can be found by entity or country and day. Sides are those of `codes`; of no day is before all days.
CREATE TABLE in_force_codes (
    code TEXT NOT NULL,
    side TEXT NOT NULL,
    day TEXT NOT NULL,
    event_type TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES in_force,
    PRIMARY KEY (code, side, day, event_type, event)
) STRICT, WITHOUT ROWID;

CREATE VIEW sides AS
    SELECT event, side, country AS code FROM participants WHERE country IS NOT NULL
    UNION ALL SELECT event, side, entity FROM participants WHERE entity IS NOT NULL
    UNION ALL SELECT event, 'fellow', country FROM participants AS p WHERE country IS NOT NULL AND side = 'actor'
        AND NOT EXISTS (SELECT 1 FROM participants AS o WHERE o.event = p.event AND o.side = 'recipient')
        AND EXISTS (SELECT 1 FROM participants AS o WHERE o.event = p.event AND o.position <> p.position)
    UNION ALL SELECT event, 'fellow', entity FROM participants AS p WHERE entity IS NOT NULL AND side = 'actor'
        AND NOT EXISTS (SELECT 1 FROM participants AS o WHERE o.event = p.event AND o.side = 'recipient')
        AND EXISTS (SELECT 1 FROM participants AS o WHERE o.event = p.event AND o.position <> p.position);
CREATE TRIGGER goes_out_of_force AFTER DELETE ON in_force BEGIN
    DELETE FROM in_force_codes WHERE (code, side, day, event_type, event) IN
        (SELECT code, side, coalesce(old.day, ''), old.event_type, old.event FROM sides WHERE event = old.event);
END;
