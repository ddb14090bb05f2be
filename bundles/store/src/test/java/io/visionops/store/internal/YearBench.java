package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Event.Direction;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Metric;
import io.visionops.api.query.CountQuery;
import io.visionops.api.query.CountQuery.Interval;
import io.visionops.api.query.CoverageQuery;
import io.visionops.api.query.JournalReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a year of eight cameras takes to read. Not part of the suite:
 *
 * <pre>mvn -pl bundles/store -am verify -Dtest=YearBench -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class YearBench {

    private static final int CAMERAS = 8;
    private static final int DAYS = 365;
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir Path folder;

    @Test
    void aYearOfEightCamerasIsReadInTime() {
        try (TestStore store = new TestStore(folder)) {
            fill(store);
            store.clock.advance(Duration.ofDays(DAYS));
            JournalReader reader = store.reader();
            System.out.println(reader.statistics().rows());
            CountQuery counts = counts(Interval.DAY);
            CoverageQuery days = coverage(Interval.DAY);
            CoverageQuery all = coverage(Interval.ALL);
            for (int run = 0; run < 3; run++) {
                measure("counts by day", () -> reader.lineCounts(counts));
                measure("counts, one row", () -> reader.lineCounts(counts(Interval.ALL)));
                measure("coverage by day", () -> reader.coverage(days));
                measure("coverage, one row", () -> reader.coverage(all));
                measure("reports by day", () -> reader.reports(days));
                measure("reports, one row", () -> reader.reports(all));
                measure("hours, two weeks", () -> reader.hours(Optional.empty(), 336));
            }
        }
    }

    private static void measure(String what, Supplier<? extends List<?>> read) {
        long began = System.nanoTime();
        int rows = read.get().size();
        double millis = (System.nanoTime() - began) / 1e6;
        System.out.printf(Locale.ROOT, "%-18s %5d rows %7.1f ms%n", what, rows, millis);
        assertThat(rows).isPositive();
    }

    private static CountQuery counts(Interval interval) {
        return new CountQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOON),
                Optional.of(NOON.plus(Duration.ofDays(DAYS))),
                interval);
    }

    private static CoverageQuery coverage(Interval interval) {
        return new CoverageQuery(
                Optional.empty(),
                Optional.of(NOON),
                Optional.of(NOON.plus(Duration.ofDays(DAYS))),
                interval);
    }

    private static void fill(TestStore store) {
        for (int camera = 0; camera < CAMERAS; camera++) {
            String name = "camera" + camera;
            store.append(
                    new Fact.Expected(name, NOON, true),
                    new Fact.Counters(name, NOON, List.of("door"), List.of(), List.of("person")));
            for (int day = 0; day < DAYS; day++) {
                List<Fact> facts = day(name, NOON.plus(DAY.multipliedBy(day)), day);
                store.append(facts.toArray(Fact[]::new));
            }
        }
    }

    /** Three outages, a hundred minutes with late frames, a crossing each minute of ten hours. */
    private static List<Fact> day(String camera, Instant start, int day) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.Account.watched(camera, start, DAY));
        facts.add(new Fact.Watched(camera, start, DAY));
        for (int i = 0; i < 100; i++) {
            facts.add(
                    new Fact.Account(
                            camera,
                            Fact.Sight.DEGRADED,
                            "late",
                            start.plusSeconds(600L * i + 60 * (day % 7)),
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(15)));
        }
        for (int i = 0; i < 3; i++) {
            Instant at = start.plusSeconds(25_000L * (i + 1));
            facts.add(Fact.Account.blind(camera, "timeout", at, Duration.ofSeconds(90)));
        }
        for (int i = 0; i < 600; i++) {
            facts.add(
                    new Fact.Crossing(
                            camera, start.plusSeconds(60L * i), "door", "person", Direction.IN));
        }
        for (int hour = 0; hour < 24; hour++) {
            for (Metric metric : Metric.values()) {
                Instant at = start.plusSeconds(3600L * hour);
                facts.add(new Fact.Measured(camera, metric, at, 100 + hour, 60));
            }
        }
        return facts;
    }
}
