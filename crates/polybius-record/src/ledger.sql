-- The ledger: who says what, and what is expected, with the events of the same coding. Form 1 of the record lacked it.

-- A claim: what somebody is reported to say, whether or not it codes to an event; the whole of it is in `row`, as
-- `polybius schema claim` says. `day` is when it was said, else published.
CREATE TABLE claims (
    claim INTEGER PRIMARY KEY,
    coding INTEGER NOT NULL REFERENCES codings,
    claim_id TEXT NOT NULL,
    day TEXT,
    stance TEXT NOT NULL,
    negated INTEGER NOT NULL,
    told INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT;
CREATE INDEX claims_by_coding ON claims (coding);
CREATE INDEX claims_by_id ON claims (claim_id);
CREATE INDEX claims_by_day ON claims (day);

-- Where claims can be found by entity or country. Sides: speaker, about.
CREATE TABLE claim_codes (
    code TEXT NOT NULL,
    side TEXT NOT NULL,
    claim INTEGER NOT NULL REFERENCES claims,
    PRIMARY KEY (code, side, claim)
) STRICT, WITHOUT ROWID;

-- An expectation: an act that is announced, promised or foreseen. `day` is when it was published, `until` the last day on which it
-- is to happen; the whole of it is in `row`, as `polybius schema expectation` says.
CREATE TABLE expectations (
    expectation INTEGER PRIMARY KEY,
    coding INTEGER NOT NULL REFERENCES codings,
    expectation_id TEXT NOT NULL,
    day TEXT,
    event_type TEXT,
    negated INTEGER NOT NULL,
    until TEXT,
    row TEXT NOT NULL
) STRICT;
CREATE INDEX expectations_by_coding ON expectations (coding);
CREATE INDEX expectations_by_day ON expectations (day);

-- Where expectations can be found by entity or country. Sides: actor, recipient.
CREATE TABLE expectation_codes (
    code TEXT NOT NULL,
    side TEXT NOT NULL,
    expectation INTEGER NOT NULL REFERENCES expectations,
    PRIMARY KEY (code, side, expectation)
) STRICT, WITHOUT ROWID;

-- The order in which reports are paged through.
CREATE INDEX events_in_order ON events (day);
