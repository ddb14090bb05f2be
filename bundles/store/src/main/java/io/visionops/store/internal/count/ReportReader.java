package io.visionops.store.internal.count;

import io.visionops.api.camera.Cause;
import io.visionops.api.journal.Fact.Metric;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.CameraReport;
import io.visionops.api.query.Coverage;
import io.visionops.api.query.CoverageQuery;
import io.visionops.store.internal.coverage.Balance;
import io.visionops.store.internal.coverage.Outage;
import io.visionops.store.internal.sqlite.Reader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How cameras did. */
public final class ReportReader {

    /** Time in which nothing is known of the camera itself. */
    private static final Set<String> UNKNOWN =
            Set.of(Coverage.NOT_RUNNING, Coverage.CLOCK, Cause.PAUSED.key());

    public List<CameraReport> read(Reader reader, CoverageQuery query, ZoneId zone, long now)
            throws SQLException {
        Times.check(query.from(), query.to());
        Set<String> cameras = KnownCameras.names(reader, query.camera());
        Intervals intervals =
                Intervals.of(
                        query.from(),
                        query.to(),
                        query.interval(),
                        zone,
                        KnownCameras.first(reader, cameras, now),
                        now);
        intervals.check(cameras.size());
        Map<CameraTimeline, List<Outage>> books = new LinkedHashMap<>();
        for (String camera : cameras) {
            CameraTimeline book = new CameraTimeline(reader, camera, now);
            books.put(book, book.outages(intervals.start(), intervals.end()));
        }
        List<CameraReport> reports = new ArrayList<>();
        for (int i = 0; i < intervals.count(); i++) {
            for (Map.Entry<CameraTimeline, List<Outage>> book : books.entrySet()) {
                reports.add(report(book.getKey(), book.getValue(), intervals, i));
            }
        }
        return reports;
    }

    private static CameraReport report(
            CameraTimeline book, List<Outage> all, Intervals intervals, int index)
            throws SQLException {
        long from = intervals.startOf(index);
        long to = intervals.endOf(index);
        List<Outage> outages =
                all.stream().filter(one -> one.since() >= from && one.since() < to).toList();
        Map<String, Long> lost = new TreeMap<>();
        long expected = 0;
        for (Balance.Item item : book.balance(from, to).items()) {
            expected += item.millis();
            if (item.sight() != Sight.WATCHED) {
                lost.merge(item.cause(), item.millis() - item.seen(), Long::sum);
            }
        }
        long known = expected;
        long available = expected;
        for (Map.Entry<String, Long> one : lost.entrySet()) {
            known -= UNKNOWN.contains(one.getKey()) ? one.getValue() : 0;
            available -= one.getKey().equals(Coverage.NOT_ANALYSED) ? 0 : one.getValue();
        }
        return new CameraReport(
                book.camera(),
                intervals.from(index),
                intervals.to(index),
                Duration.ofMillis(expected),
                Duration.ofMillis(known),
                known == 0 ? Optional.empty() : Optional.of((double) available / known),
                outages.size(),
                mean(available, outages.size()),
                mean(outages.stream().mapToLong(Outage::length).sum(), outages.size()),
                new CameraReport.Stream(
                        book.metrics().mean(Metric.BITS_PER_SECOND, from, to),
                        book.metrics().mean(Metric.LATE_MS, from, to),
                        book.metrics().mean(Metric.CONNECT_MS, from, to)),
                losses(lost, outages));
    }

    private static Optional<Duration> mean(long millis, int count) {
        return count == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis / count));
    }

    private static List<CameraReport.Loss> losses(Map<String, Long> lost, List<Outage> outages) {
        return lost.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(
                        one ->
                                new CameraReport.Loss(
                                        one.getKey(),
                                        Duration.ofMillis(one.getValue()),
                                        (int)
                                                outages.stream()
                                                        .filter(o -> o.cause().equals(one.getKey()))
                                                        .count()))
                .toList();
    }
}
