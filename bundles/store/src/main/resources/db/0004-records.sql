-- Facts of open kinds. body is a JSON object; event is the one that the record was written with.
CREATE TABLE records (
    seq INTEGER PRIMARY KEY,
    event BLOB,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    body TEXT NOT NULL CHECK (CASE WHEN json_valid(body) THEN json_type(body) = 'object' ELSE 0 END),
    sha256 BLOB NOT NULL
) STRICT;

CREATE INDEX records_by_kind ON records (kind);
CREATE INDEX records_by_subject ON records (kind, subject);
CREATE INDEX records_by_subject_alone ON records (subject);

-- The tables that users know, each of one kind.
CREATE VIEW health_history AS
    SELECT seq >> 20 AS time, subject, actor, body FROM records WHERE kind = 'health';
CREATE VIEW restart_records AS
    SELECT seq >> 20 AS time, subject, actor, body FROM records WHERE kind = 'restart';
CREATE VIEW backup_records AS
    SELECT seq >> 20 AS time, subject, actor, body FROM records WHERE kind = 'backup';
CREATE VIEW updates AS
    SELECT seq >> 20 AS time, subject, actor, body FROM records WHERE kind = 'update';
CREATE VIEW integrity_checks AS
    SELECT seq >> 20 AS time, subject, actor, body FROM records WHERE kind = 'integrity';
CREATE VIEW alerts AS
    SELECT seq >> 20 AS time, subject, actor, body FROM records WHERE kind = 'alert';
CREATE VIEW audit AS
    SELECT seq >> 20 AS time, subject, actor, body FROM records WHERE kind = 'audit';

-- Events may be about anything, and matter more or less: the table anew, with two columns more.
CREATE TABLE events_of_all (
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
    subject TEXT NOT NULL,
    severity TEXT NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;

INSERT INTO events_of_all
    SELECT seq, id, time, type, camera, label, score, track, x1, y1, x2, y2, line, zone, direction, detail,
        about, weight,
        row_sha256('events', seq, id, time, type, camera, label, score, track, x1, y1, x2, y2, line, zone,
            direction, detail, about, weight)
    FROM (
        SELECT *, iif(camera = '', 'site/cameras', 'camera/' || camera) AS about,
            iif(type IN ('camera-alert', 'incident', 'overcrowded'), 'warning', 'info') AS weight
        FROM events
    );

DROP TABLE events;
ALTER TABLE events_of_all RENAME TO events;

CREATE INDEX events_by_camera ON events (camera);
CREATE INDEX events_by_label ON events (label) WHERE label IS NOT NULL;
CREATE INDEX events_by_line ON events (line) WHERE line IS NOT NULL;
CREATE INDEX events_by_zone ON events (zone) WHERE zone IS NOT NULL;
CREATE INDEX events_by_type ON events (type);
CREATE INDEX events_by_subject ON events (subject) WHERE camera = '';
