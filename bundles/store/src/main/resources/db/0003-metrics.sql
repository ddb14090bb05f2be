-- Figures of cameras' streams by hour: the mean of what was measured in it, and what that counts.
CREATE TABLE metrics_history (
    camera TEXT NOT NULL,
    metric TEXT NOT NULL,
    hour INTEGER NOT NULL,
    value REAL NOT NULL,
    weight INTEGER NOT NULL CHECK (weight > 0),
    sha256 BLOB NOT NULL,
    PRIMARY KEY (camera, metric, hour)
) STRICT, WITHOUT ROWID;

CREATE INDEX metrics_by_hour ON metrics_history (hour);
