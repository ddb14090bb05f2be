package io.visionops.store.internal.read;

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
import io.visionops.store.internal.count.CoverageReader;
import io.visionops.store.internal.count.HourReader;
import io.visionops.store.internal.count.LineReader;
import io.visionops.store.internal.count.ReportReader;
import io.visionops.store.internal.count.ZoneReader;
import io.visionops.store.internal.picture.PictureFolder;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.ReaderPool;
import io.visionops.store.internal.write.JournalWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads the journal from the database. Thread-safe. */
public final class SqliteJournalReader implements JournalReader {

    private final Database database;
    private final ReaderPool pool;
    private final JournalWriter writer;
    private final Supplier<ZoneId> zone;
    private final Clock clock;
    private final Supplier<Optional<String>> clockTrouble;
    private final EventReader events = new EventReader();
    private final RecordReader records = new RecordReader();
    private final TrackReader tracks = new TrackReader();
    private final LineReader lines = new LineReader();
    private final CoverageReader coverage = new CoverageReader();
    private final ReportReader reports = new ReportReader();
    private final HourReader hours = new HourReader();
    private final HistoryReader history = new HistoryReader();
    private final ZoneReader zones = new ZoneReader();
    private final StatisticsReader statistics = new StatisticsReader();
    private final SnapshotReader snapshots;

    /**
     * @param writer whose queue is reported
     * @param zone in which days and hours begin
     * @param clockTrouble why old rows are not removed by the time of the clock
     */
    public SqliteJournalReader(
            Database database,
            ReaderPool pool,
            JournalWriter writer,
            PictureFolder pictures,
            Supplier<ZoneId> zone,
            Clock clock,
            Supplier<Optional<String>> clockTrouble) {
        this.database = database;
        this.pool = pool;
        this.writer = writer;
        this.zone = zone;
        this.clock = clock;
        this.clockTrouble = clockTrouble;
        this.snapshots = new SnapshotReader(pictures);
    }

    @Override
    public ZoneId zone() {
        return zone.get();
    }

    @Override
    public EventPage events(EventQuery query) {
        EventReader.Select select = events.select(query);
        return pool.read(reader -> events.read(reader, select, query.limit()));
    }

    @Override
    public RecordPage records(RecordQuery query) {
        RecordReader.Select select = records.select(query);
        return pool.read(reader -> records.read(reader, select, query.limit()));
    }

    @Override
    public Optional<Picture> snapshot(UUID event) {
        return pool.read(reader -> snapshots.find(reader, event)).flatMap(snapshots::load);
    }

    @Override
    public List<LineCount> lineCounts(CountQuery query) {
        return pool.read(reader -> lines.read(reader, query, zone(), clock.millis()));
    }

    @Override
    public List<ZoneCount> zoneCounts(CountQuery query) {
        return pool.read(reader -> zones.read(reader, query, zone(), clock.millis()));
    }

    @Override
    public List<Coverage> coverage(CoverageQuery query) {
        return pool.read(reader -> coverage.read(reader, query, zone(), clock.millis()));
    }

    @Override
    public List<CameraReport> reports(CoverageQuery query) {
        return pool.read(reader -> reports.read(reader, query, zone(), clock.millis()));
    }

    @Override
    public List<CameraHours> hours(Optional<String> camera, int count) {
        hours.check(count);
        return pool.read(reader -> hours.read(reader, camera, count, clock.millis()));
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
        history.check(query);
        return pool.read(reader -> history.read(reader, query, clock.millis()));
    }

    @Override
    public List<FrameTracks> tracks(TrackQuery query) {
        return pool.read(reader -> tracks.read(reader, query));
    }

    @Override
    public DatabaseStatistics statistics() {
        StatisticsReader.Content content = pool.read(statistics::read);
        return new DatabaseStatistics(
                database.file().toString(),
                size(database.file()),
                size(database.log()),
                content.schemaVersion(),
                content.rows(),
                writer.queued(),
                writer.commits(),
                writer.commitTime(95),
                writer.rejected(),
                clockTrouble.get());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException absent) {
            return 0;
        }
    }
}
