package io.visionops.store.internal.replace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the statements do to two databases, {@code StoreReplacementTest} shows. */
class SummedTableTest {

    @Test
    void aMinuteGrowsToTheLargerSumAndItsGrowthIsKept() {
        assertThat(SummedTable.COUNTS.grown("o.sha256 = 'right'"))
                .isEqualTo(
                        "CREATE TEMP TABLE merged_sums AS SELECT o.camera, o.line, o.label,"
                                + " o.direction, minute, max(o.count, coalesce(m.count, 0)) AS"
                                + " count, max(0, o.count - coalesce(m.count, 0)) AS more_count"
                                + " FROM former.counts o LEFT JOIN main.counts m USING (camera,"
                                + " line, label, direction, minute) WHERE (o.count >"
                                + " coalesce(m.count, -1)) AND o.sha256 = 'right'");
    }

    @Test
    void theChecksumIsThatOfTheRowAsItIsWritten() {
        assertThat(SummedTable.COUNTS.minutes())
                .isEqualTo(
                        "INSERT OR REPLACE INTO main.counts SELECT camera, line, label, direction,"
                                + " minute, count, row_sha256('counts', camera, line, label,"
                                + " direction, minute, count) FROM temp.merged_sums");
    }

    @Test
    void aDayGrowsByItsMinutesAndItsLargestIsTheLargestOfAll() {
        assertThat(SummedTable.OCCUPANCY.days())
                .contains("sum(n.more_object_ms) + coalesce(max(d.object_ms), 0) AS object_ms")
                .contains(", max(max(n.most), coalesce(max(d.most), 0)) AS most")
                .endsWith(
                        "USING (camera, zone, label, day) GROUP BY n.camera, n.zone, n.label, n.day)");
    }
}
