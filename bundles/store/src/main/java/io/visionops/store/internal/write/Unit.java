package io.visionops.store.internal.write;

/** What counts and times are summed by, each in tables of its own. */
public enum Unit {
    MINUTE(60_000, "", "minute"),
    DAY(86_400_000, "_by_day", "day");

    private final long length;
    private final String suffix;
    private final String column;

    Unit(long length, String suffix, String column) {
        this.length = length;
        this.suffix = suffix;
        this.column = column;
    }

    /** Milliseconds. */
    public long length() {
        return length;
    }

    /** When the unit begins that a time lies in. */
    public long start(long time) {
        return Math.floorDiv(time, length) * length;
    }

    /** The table that holds the sums. */
    public String table(String of) {
        return of + suffix;
    }

    /** The column that says which unit a sum is of. */
    public String column() {
        return column;
    }
}
