package io.visionops.updater.internal.canary;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.api.journal.Event;
import io.visionops.api.query.EventPage;
import io.visionops.api.query.EventQuery;
import io.visionops.api.query.JournalReader;
import io.visionops.api.update.CanaryReport;
import io.visionops.updater.internal.install.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the analysis that runs does of one camera since a moment; crossings by the database. */
final class RunningAnalysis {

    private static final int PAGE = 1000;

    private final Camera camera;
    private final Surroundings parts;
    private final Instant since;
    private final long before;

    RunningAnalysis(Camera camera, Surroundings parts, Instant since) {
        this.camera = camera;
        this.parts = parts;
        this.since = since;
        this.before = looked(camera);
    }

    /** Frames of a camera that were looked at. */
    static long looked(Camera camera) {
        return camera.counts().analysed() + camera.counts().gated();
    }

    CanaryReport.Side side(String version) {
        return new CanaryReport.Side(
                version,
                looked(camera) - before,
                crossings(),
                detectTime(parts.analyses(), camera.settings().name()));
    }

    private Map<String, Long> crossings() {
        Map<String, Long> found = new TreeMap<>();
        Optional<JournalReader> reader = parts.reader();
        Optional<String> cursor = Optional.empty();
        do {
            EventQuery query = query(cursor);
            Optional<EventPage> page = reader.map(one -> one.events(query));
            page.map(EventPage::events).stream()
                    .flatMap(List::stream)
                    .forEach(one -> found.merge(TallyJournal.key(one.event()), 1L, Long::sum));
            cursor = page.flatMap(EventPage::next);
        } while (cursor.isPresent());
        return found;
    }

    private EventQuery query(Optional<String> cursor) {
        return new EventQuery(
                Optional.of(camera.settings().name()),
                Optional.empty(),
                Optional.of(Event.Type.CROSSING.word()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(since),
                Optional.empty(),
                Optional.empty(),
                PAGE,
                cursor);
    }

    /** Median of one call of a camera's detector; zero before the first. */
    static Duration detectTime(Optional<Analyses> analyses, String camera) {
        return analyses.map(Analyses::statuses).stream()
                .flatMap(List::stream)
                .filter(one -> one.camera().equals(camera))
                .map(AnalysisStatus::detectTime)
                .map(AnalysisStatus.Latency::median)
                .findFirst()
                .orElse(Duration.ZERO);
    }
}
