package io.visionops.inference.internal.pipeline;

import io.visionops.support.meter.CountedTotals;
import io.visionops.support.meter.CountedTotals.Total;
import io.visionops.support.meter.LabelledTimers;

/** What analyses count and time, for the meters. Thread-safe; counting waits for nobody. */
public final class AnalysisFigures {

    private static final String CROSSINGS = "visionops.line.crossings";
    private static final String FAILURES = "visionops.inference.failures";

    private static final String HANGS = "visionops.inference.hangs";

    /** By kind. */
    public static final String LOST = "visionops.inference.journal.dropped";

    public static final String REFUSED = "visionops.inference.journal.refused";

    private final CountedTotals totals =
            new CountedTotals(
                    Total.of(
                            CROSSINGS,
                            "Objects that crossed a line",
                            "camera",
                            "line",
                            "label",
                            "direction"),
                    Total.of(
                            FAILURES,
                            "Frames on which a detector failed or was too late",
                            "camera",
                            "detector"),
                    Total.of(
                            HANGS,
                            "Calls of a detector that did not come back in time",
                            "camera",
                            "detector"),
                    Total.of(LOST, "Entries that the journal never got, or their pictures", "kind"),
                    Total.of(REFUSED, "Entries that the journal refused for good"));
    private final LabelledTimers calls =
            new LabelledTimers(
                    "visionops.inference.duration",
                    "How long calls of a detector took",
                    "camera",
                    "detector");
    private final LabelledTimers commits =
            new LabelledTimers(
                    "visionops.inference.commit.delay",
                    "From a complete frame to its committed rows",
                    "camera");

    void crossed(String camera, String line, String label, String direction) {
        totals.add(CROSSINGS, 1, camera, line, label, direction);
    }

    void detected(String camera, String detector, long nanos) {
        calls.record(nanos, camera, detector);
    }

    void failed(String camera, String detector) {
        totals.add(FAILURES, 1, camera, detector);
    }

    void hung(String camera, String detector) {
        totals.add(HANGS, 1, camera, detector);
    }

    void committed(String camera, long nanos) {
        commits.record(nanos, camera);
    }

    public CountedTotals totals() {
        return totals;
    }

    /** How long calls of detectors took. */
    public LabelledTimers calls() {
        return calls;
    }

    /** How long it took from a frame to its rows. */
    public LabelledTimers commits() {
        return commits;
    }
}
