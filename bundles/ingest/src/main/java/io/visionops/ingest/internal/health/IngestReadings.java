package io.visionops.ingest.internal.health;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.frame.FrameCounts;
import io.visionops.ingest.internal.health.IngestSample.OneCamera;
import io.visionops.support.meter.CountedTotals;
import io.visionops.support.meter.CountedTotals.Total;
import io.visionops.support.meter.Reading;
import java.util.ArrayList;
import java.util.List;

/** The meters of ingest and what they say of a sample. */
final class IngestReadings {

    static final String ERRORS = "visionops.camera.errors";
    static final String LOST = "visionops.ingest.journal.dropped";
    static final String REFUSED = "visionops.ingest.journal.refused";

    private IngestReadings() {}

    /** What is counted here; frames and reconnects are handed over by the cameras themselves. */
    static CountedTotals totals() {
        return new CountedTotals(
                Total.of(
                        ERRORS,
                        "Times that a camera was lost or became degraded",
                        "camera",
                        "cause"),
                Total.of(LOST, "Entries that the journal never got, or pictures of them", "kind"),
                Total.of(REFUSED, "Entries that the journal refused for good"));
    }

    static List<Reading> of(IngestSample sample, CountedTotals totals) {
        List<Reading> all = new ArrayList<>(totals.readings(sample.names()));
        for (OneCamera camera : sample.cameras()) {
            add(camera, all);
        }
        all.add(
                Reading.gauge(
                        "visionops.camera.incidents",
                        "Losses of several cameras by one cause, which go on",
                        "",
                        sample.incidents().size()));
        all.add(
                Reading.gauge(
                        "visionops.camera.configurations.refused",
                        "Configuration files of cameras that are not in force",
                        "",
                        sample.refusals().size()));
        all.add(
                Reading.gauge(
                        "visionops.ingest.journal.waiting",
                        "Entries that are not yet known to be written",
                        "entries",
                        sample.journal().counts().waiting()));
        return all;
    }

    private static void add(OneCamera camera, List<Reading> all) {
        String name = camera.name();
        CameraStatus status = camera.status();
        FrameCounts counts = camera.counts();
        gauge(all, "up", "1 while pictures come", "", camera.isOnline() ? 1 : 0, name);
        gauge(all, "fps", "Frames a second that arrive", "", status.fps(), name);
        gauge(all, "failures", "Failures in a row", "", status.failures(), name);
        gauge(all, "queue", "Frames that wait to be analysed", "frames", counts.waiting(), name);
        status.lastFrame()
                .ifPresent(
                        at ->
                                gauge(
                                        all,
                                        "last.frame.timestamp",
                                        "When the newest frame arrived",
                                        "seconds",
                                        at.toEpochMilli() / 1000.0,
                                        name));
        counter(
                all,
                "reconnects",
                "Decoders started after the first",
                "",
                status.reconnects(),
                name);
        counter(all, "frames", "Frames whose fate is known", "frames", counts.received(), name);
        counter(all, "frames.analysed", "Frames looked at", "", counts.analysed(), name);
        counter(all, "frames.gated", "Frames in which nothing moved", "", counts.gated(), name);
        counts.dropped()
                .forEach(
                        (reason, count) ->
                                all.add(
                                        Reading.counter(
                                                "visionops.camera.frames.dropped",
                                                "Frames that nobody looked at",
                                                "",
                                                count,
                                                "camera",
                                                name,
                                                "reason",
                                                reason)));
    }

    private static void gauge(
            List<Reading> all, String what, String words, String unit, double value, String name) {
        all.add(Reading.gauge("visionops.camera." + what, words, unit, value, "camera", name));
    }

    private static void counter(
            List<Reading> all, String what, String words, String unit, double value, String name) {
        all.add(Reading.counter("visionops.camera." + what, words, unit, value, "camera", name));
    }
}
