-- Where reports can be found. Forms of the record before the sixth had these tables with other columns.

-- By entity or country, and among these by day and type, whether or not they are in force. Sides: actor, recipient, and fellow for actors of
-- acts done together. Of no day is before all days.
CREATE TABLE codes (
    code TEXT NOT NULL,
    side TEXT NOT NULL,
    day TEXT NOT NULL,
    event_type TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES events,
    PRIMARY KEY (code, side, day, event_type, event)
) STRICT, WITHOUT ROWID;

-- Those that may tell of the same act: by type and parties, or type and place, as the number of these words; and by day, counted from the
-- beginning of 1970. What has another's number by chance is told apart when the two are compared.
CREATE TABLE act_keys (
    key INTEGER NOT NULL,
    day INTEGER NOT NULL,
    event INTEGER NOT NULL REFERENCES events,
    PRIMARY KEY (key, day, event)
) STRICT, WITHOUT ROWID;
