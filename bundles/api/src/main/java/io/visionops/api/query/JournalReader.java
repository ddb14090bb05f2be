package io.visionops.api.query;

import io.visionops.api.frame.Picture;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Read access to everything that was journaled. Thread-safe; each call has a deadline of five
 * seconds.
 *
 * <p>Every method throws {@link JournalReadException} when the database cannot be read, and {@link
 * IllegalArgumentException} with one line for the user when the query makes no sense.
 */
@ProviderType
public interface JournalReader {

    /**
     * In which days and hours begin for people, here and in what is shown; stored times are UTC.
     */
    ZoneId zone();

    /** Events, newest first, in pages. */
    EventPage events(EventQuery query);

    /** Facts of open kinds, newest first, in pages. */
    RecordPage records(RecordQuery query);

    /** The picture of an event. */
    Optional<Picture> snapshot(UUID event);

    /**
     * Line counts, ordered by time, camera, line, label and direction; also rows for intervals
     * without a crossing.
     */
    List<LineCount> lineCounts(CountQuery query);

    /** Zone occupancy, ordered by time, camera, zone and label. */
    List<ZoneCount> zoneCounts(CountQuery query);

    /**
     * Where the time of cameras went, ordered by time and camera; also rows for intervals in which
     * a camera was not expected.
     */
    List<Coverage> coverage(CoverageQuery query);

    /** How cameras did, ordered by time and camera. */
    List<CameraReport> reports(CoverageQuery query);

    /**
     * How the streams of cameras did in the last full hours, ordered by name; cameras that are not
     * expected now are left out. What is younger than {@link Coverage#SETTLED} is no part of a full
     * hour.
     *
     * @param camera empty: all of them
     * @param hours how many, 1..1000
     */
    List<CameraHours> hours(Optional<String> camera, int hours);

    /** The states that a camera went through, newest first, in pages. */
    HistoryPage history(HistoryQuery query);

    /** Objects by analysed frame, oldest first; the first 100,000 frames where there are more. */
    List<FrameTracks> tracks(TrackQuery query);

    DatabaseStatistics statistics();
}
