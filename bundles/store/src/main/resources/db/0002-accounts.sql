-- What became of every camera's time. The stretches of one camera and side do not overlap; seen_ms is spread evenly
-- over a stretch for all that is known, and a stretch that was seen in part lies within one minute.
CREATE TABLE accounts (
    camera TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('feed', 'analysis')),
    since INTEGER NOT NULL,
    until INTEGER NOT NULL CHECK (until > since),
    sight TEXT NOT NULL,
    cause TEXT NOT NULL,
    seen_ms INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, side, since)
) STRICT, WITHOUT ROWID;

-- Both sides brought together, for whole days.
CREATE TABLE accounts_by_day (
    camera TEXT NOT NULL,
    day INTEGER NOT NULL,
    sight TEXT NOT NULL,
    cause TEXT NOT NULL,
    ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, day, sight, cause)
) STRICT, WITHOUT ROWID;

-- When a camera was to be watched: a period is open while "until" is null.
CREATE TABLE expected (
    camera TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE camera_states (
    seq INTEGER PRIMARY KEY,
    camera TEXT NOT NULL,
    state TEXT NOT NULL,
    cause TEXT,
    detail TEXT NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;

CREATE INDEX camera_states_by_camera ON camera_states (camera);

-- The sums of minutes that there were before become stretches from the start of their minute.
INSERT INTO accounts
    SELECT camera, 'analysis', minute, minute + analysed_ms, 'watched', '', analysed_ms,
        row_sha256('accounts', camera, 'analysis', minute, minute + analysed_ms, 'watched', '', analysed_ms)
    FROM coverage WHERE analysed_ms > 0
    UNION ALL
    SELECT camera, 'feed', minute, minute + streaming_ms, 'watched', '', streaming_ms,
        row_sha256('accounts', camera, 'feed', minute, minute + streaming_ms, 'watched', '', streaming_ms)
    FROM coverage WHERE streaming_ms > 0;

INSERT INTO accounts_by_day
    SELECT camera, day, sight, cause, ms, seen, row_sha256('accounts_by_day', camera, day, sight, cause, ms, seen)
    FROM (
        SELECT camera, minute / 86400000 * 86400000 AS day, 'watched' AS sight, '' AS cause,
            sum(analysed_ms) AS ms, sum(analysed_ms) AS seen
        FROM coverage GROUP BY 1, 2
        UNION ALL
        SELECT camera, minute / 86400000 * 86400000, 'blind', 'not-analysed',
            sum(max(0, streaming_ms - analysed_ms)), 0
        FROM coverage GROUP BY 1, 2
    ) WHERE ms > 0;

DROP TABLE coverage;
DROP TABLE coverage_by_day;
