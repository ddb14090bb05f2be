-- Times are milliseconds since 1970 in UTC, a minute or day is the time at which it starts. sha256 covers the
-- table's name and every other column, in the order of the columns.
-- seq of events and tracks is time * 2^20 + number within the millisecond: rows lie in the order of time,
-- so pages, full-text search and retention all walk the table by its key.

CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    time INTEGER NOT NULL,
    type TEXT NOT NULL,
    camera TEXT NOT NULL,
    label TEXT,
    score REAL NOT NULL,
    track INTEGER,
    x1 REAL,
    y1 REAL,
    x2 REAL,
    y2 REAL,
    line TEXT,
    zone TEXT,
    direction TEXT,
    detail TEXT NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;

CREATE INDEX events_by_camera ON events (camera);
CREATE INDEX events_by_label ON events (label) WHERE label IS NOT NULL;
CREATE INDEX events_by_line ON events (line) WHERE line IS NOT NULL;
CREATE INDEX events_by_zone ON events (zone) WHERE zone IS NOT NULL;

CREATE VIRTUAL TABLE events_text USING fts5 (
    camera, label, line, zone, type, detail,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE entries_seen (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    time INTEGER NOT NULL
) STRICT;

CREATE TABLE snapshots (
    event BLOB PRIMARY KEY,
    time INTEGER NOT NULL,
    file TEXT NOT NULL,
    size INTEGER NOT NULL,
    picture_sha256 BLOB NOT NULL,
    sha256 BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX snapshots_by_time ON snapshots (time);

CREATE TABLE tracks (
    seq INTEGER PRIMARY KEY,
    camera TEXT NOT NULL,
    frame INTEGER NOT NULL,
    objects BLOB NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;

CREATE INDEX tracks_by_camera ON tracks (camera);

CREATE TABLE counts (
    camera TEXT NOT NULL,
    line TEXT NOT NULL,
    label TEXT NOT NULL,
    direction TEXT NOT NULL,
    minute INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, line, label, direction, minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE coverage (
    camera TEXT NOT NULL,
    minute INTEGER NOT NULL,
    streaming_ms INTEGER NOT NULL,
    analysed_ms INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE occupancy (
    camera TEXT NOT NULL,
    zone TEXT NOT NULL,
    label TEXT NOT NULL,
    minute INTEGER NOT NULL,
    object_ms INTEGER NOT NULL,
    watched_ms INTEGER NOT NULL,
    most INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, zone, label, minute)
) STRICT, WITHOUT ROWID;

-- The sums of whole days: a year has half a million minutes for every camera.

CREATE TABLE counts_by_day (
    camera TEXT NOT NULL,
    line TEXT NOT NULL,
    label TEXT NOT NULL,
    direction TEXT NOT NULL,
    day INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, line, label, direction, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE coverage_by_day (
    camera TEXT NOT NULL,
    day INTEGER NOT NULL,
    streaming_ms INTEGER NOT NULL,
    analysed_ms INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE occupancy_by_day (
    camera TEXT NOT NULL,
    zone TEXT NOT NULL,
    label TEXT NOT NULL,
    day INTEGER NOT NULL,
    object_ms INTEGER NOT NULL,
    watched_ms INTEGER NOT NULL,
    most INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, zone, label, day)
) STRICT, WITHOUT ROWID;

-- Which lines and zones counted which labels, and when: a period is open while "until" is null.
CREATE TABLE counters (
    camera TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('line', 'zone')),
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, kind, name, label, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (
    seq INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    version INTEGER NOT NULL,
    time INTEGER NOT NULL,
    document TEXT NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;

CREATE INDEX checkpoints_by_owner ON checkpoints (owner);
