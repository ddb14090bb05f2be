package io.visionops.store.internal.replace;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of sums by minute that has one by day beside it, and the statements by which the sums of
 * a former database come into it: those by minute grow to the larger one, and those of their day by
 * as much.
 *
 * @param key columns of a row, beside the minute
 * @param added what is summed
 * @param most what is the largest of its unit
 */
record SummedTable(String name, List<String> key, List<String> added, List<String> most) {

    static final SummedTable COUNTS =
            new SummedTable(
                    "counts",
                    List.of("camera", "line", "label", "direction"),
                    List.of("count"),
                    List.of());

    static final SummedTable OCCUPANCY =
            new SummedTable(
                    "occupancy",
                    List.of("camera", "zone", "label"),
                    List.of("object_ms", "watched_ms"),
                    List.of("most"));

    /** The table of {@link #grown}; temporary. */
    static final String GROWN = "merged_sums";

    private static final String DAY = "minute / 86400000 * 86400000";

    private List<String> values() {
        List<String> values = new ArrayList<>(added);
        values.addAll(most);
        return values;
    }

    private String keys() {
        return String.join(", ", key);
    }

    /**
     * Makes a table of the minutes that the former database has more of, with how much more.
     *
     * @param intact holds for a row whose checksum is right
     */
    String grown(String intact) {
        String larger =
                values().stream()
                        .map(one -> "max(o.%1$s, coalesce(m.%1$s, 0)) AS %1$s".formatted(one))
                        .collect(joining(", "));
        String growth =
                added.stream()
                        .map(
                                one ->
                                        ", max(0, o.%1$s - coalesce(m.%1$s, 0)) AS more_%1$s"
                                                .formatted(one))
                        .collect(joining());
        String isLarger =
                values().stream()
                        .map(one -> "o.%1$s > coalesce(m.%1$s, -1)".formatted(one))
                        .collect(joining(" OR "));
        return ("CREATE TEMP TABLE %s AS SELECT %s, minute, %s%s FROM former.%s o LEFT JOIN main.%s"
                        + " m USING (%s, minute) WHERE (%s) AND %s")
                .formatted(
                        GROWN,
                        qualified("o", key),
                        larger,
                        growth,
                        name,
                        name,
                        keys(),
                        isLarger,
                        intact);
    }

    /** Takes these minutes over. */
    String minutes() {
        String columns = keys() + ", minute, " + String.join(", ", values());
        return "INSERT OR REPLACE INTO main.%1$s SELECT %2$s, row_sha256('%1$s', %2$s) FROM temp.%3$s"
                .formatted(name, columns, GROWN);
    }

    /** Adds to the days what their minutes have grown by. */
    String days() {
        String sums =
                added.stream()
                                .map(
                                        one ->
                                                "sum(n.more_%1$s) + coalesce(max(d.%1$s), 0) AS %1$s"
                                                        .formatted(one))
                                .collect(joining(", "))
                        + most.stream()
                                .map(
                                        one ->
                                                ", max(max(n.%1$s), coalesce(max(d.%1$s), 0)) AS %1$s"
                                                        .formatted(one))
                                .collect(joining());
        String columns = keys() + ", day, " + String.join(", ", values());
        return ("INSERT OR REPLACE INTO main.%1$s_by_day SELECT %2$s, row_sha256('%1$s_by_day', %2$s)"
                        + " FROM (SELECT %3$s, n.day AS day, %4$s FROM (SELECT *, %5$s AS day FROM"
                        + " temp.%7$s) n LEFT JOIN main.%1$s_by_day d USING (%6$s, day) GROUP BY"
                        + " %3$s, n.day)")
                .formatted(name, columns, qualified("n", key), sums, DAY, keys(), GROWN);
    }

    static String qualified(String table, List<String> columns) {
        return columns.stream().map(one -> table + "." + one).collect(joining(", "));
    }
}
