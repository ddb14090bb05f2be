package io.visionops.shell.internal;

import io.visionops.api.frame.Picture;
import io.visionops.api.query.CameraHours;
import io.visionops.api.query.CameraReport;
import io.visionops.api.query.CountQuery;
import io.visionops.api.query.Coverage;
import io.visionops.api.query.CoverageQuery;
import io.visionops.api.query.DatabaseStatistics;
import io.visionops.api.query.EventPage;
import io.visionops.api.query.EventQuery;
import io.visionops.api.query.FrameTracks;
import io.visionops.api.query.HistoryPage;
import io.visionops.api.query.HistoryQuery;
import io.visionops.api.query.JournalReader;
import io.visionops.api.query.LineCount;
import io.visionops.api.query.RecordPage;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.query.TrackQuery;
import io.visionops.api.query.ZoneCount;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Answers with what the test put in, and remembers the queries. */
final class FakeJournalReader implements JournalReader {

    final List<Object> queries = new ArrayList<>();

    List<LineCount> lines = List.of();
    List<ZoneCount> zones = List.of();
    List<FrameTracks> tracks = List.of();
    List<Coverage> coverage = List.of();
    List<CameraReport> reports = List.of();
    HistoryPage history = new HistoryPage(List.of(), Optional.empty());
    RecordPage records = new RecordPage(List.of(), Optional.empty());
    EventPage page = new EventPage(List.of(), Optional.empty());

    ZoneId zone = ZoneOffset.UTC;

    @Override
    public ZoneId zone() {
        return zone;
    }

    /** What every call ends with. */
    Optional<RuntimeException> broken = Optional.empty();

    @Override
    public EventPage events(EventQuery query) {
        return answer(query, page);
    }

    @Override
    public RecordPage records(RecordQuery query) {
        return answer(query, records);
    }

    @Override
    public Optional<Picture> snapshot(UUID event) {
        return answer(event, Optional.empty());
    }

    @Override
    public List<LineCount> lineCounts(CountQuery query) {
        return answer(query, lines);
    }

    @Override
    public List<ZoneCount> zoneCounts(CountQuery query) {
        return answer(query, zones);
    }

    @Override
    public List<Coverage> coverage(CoverageQuery query) {
        return answer(query, coverage);
    }

    @Override
    public List<CameraReport> reports(CoverageQuery query) {
        return answer(query, reports);
    }

    @Override
    public List<CameraHours> hours(Optional<String> camera, int hours) {
        return answer(camera, List.of());
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
        return answer(query, history);
    }

    @Override
    public List<FrameTracks> tracks(TrackQuery query) {
        return answer(query, tracks);
    }

    @Override
    public DatabaseStatistics statistics() {
        return answer(
                "statistics",
                new DatabaseStatistics(
                        "/data/visionops.db",
                        12_345_678,
                        1_000_000,
                        3,
                        Map.of("events", 42L, "counts", 7L),
                        5,
                        1000,
                        Duration.ofNanos(4_567_890),
                        1));
    }

    private <T> T answer(Object query, T answer) {
        queries.add(query);
        if (broken.isPresent()) {
            throw broken.get();
        }
        return answer;
    }
}
