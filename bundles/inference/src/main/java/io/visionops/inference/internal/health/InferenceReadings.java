package io.visionops.inference.internal.health;

import io.visionops.inference.internal.count.ZoneCount;
import io.visionops.inference.internal.pipeline.AnalysisView;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.meter.CountedTotals;
import io.visionops.support.meter.Reading;
import java.util.ArrayList;
import java.util.List;

/** What the meters of inference say of a sample. */
final class InferenceReadings {

    private InferenceReadings() {}

    static List<Reading> of(InferenceSample sample, CountedTotals totals) {
        List<Reading> all = new ArrayList<>(totals.readings(sample.cameras()));
        sample.analyses().forEach(analysis -> add(analysis, all));
        all.addAll(Breakers.readings("inference", sample.breakers()));
        all.add(
                Reading.gauge(
                        "visionops.inference.detectors",
                        "Detectors that are there",
                        "",
                        sample.detectors().size()));
        all.add(
                Reading.gauge(
                        "visionops.inference.abandoned",
                        "Calls of detectors that hang, whose threads are given up",
                        "threads",
                        sample.hungCalls()));
        all.add(
                Reading.gauge(
                        "visionops.inference.journal.waiting",
                        "Entries that are not yet known to be written",
                        "entries",
                        sample.journal().counts().waiting()));
        return all;
    }

    private static void add(AnalysisView analysis, List<Reading> all) {
        String camera = analysis.camera();
        all.add(
                Reading.gauge(
                        "visionops.inference.fps",
                        "Frames a second that are analysed or in which nothing moves",
                        "",
                        analysis.status().fps(),
                        "camera",
                        camera));
        all.add(
                Reading.gauge(
                        "visionops.inference.queue",
                        "Frames that wait to be analysed",
                        "frames",
                        analysis.waiting(),
                        "camera",
                        camera));
        all.add(
                Reading.gauge(
                        "visionops.inference.fault",
                        "1 while the analysis does not find what it is set to find",
                        "",
                        analysis.fault().isPresent() ? 1 : 0,
                        "camera",
                        camera));
        analysis.status()
                .lastAnalysed()
                .ifPresent(
                        at ->
                                all.add(
                                        Reading.gauge(
                                                "visionops.inference.last.frame.timestamp",
                                                "When the newest frame that was looked at arrived",
                                                "seconds",
                                                at.toEpochMilli() / 1000.0,
                                                "camera",
                                                camera)));
        analysis.status()
                .detector()
                .ifPresent(
                        detector ->
                                all.add(
                                        detector(
                                                "visionops.inference.detector.used",
                                                "1 for the detector in use",
                                                camera,
                                                detector)));
        analysis.passedOver()
                .forEach(
                        detector ->
                                all.add(
                                        detector(
                                                "visionops.inference.detector.paused",
                                                "1 for a detector that failed again and again and"
                                                        + " is not asked for a while",
                                                camera,
                                                detector)));
        analysis.status()
                .objects()
                .forEach(
                        (label, count) ->
                                all.add(
                                        Reading.gauge(
                                                "visionops.inference.objects",
                                                "Objects that are tracked",
                                                "",
                                                count,
                                                "camera",
                                                camera,
                                                "label",
                                                label)));
        for (ZoneCount zone : analysis.zones()) {
            all.add(
                    Reading.gauge(
                            "visionops.zone.occupancy",
                            "Objects in a zone",
                            "",
                            zone.objects(),
                            "camera",
                            camera,
                            "zone",
                            zone.zone(),
                            "label",
                            zone.label()));
        }
    }

    private static Reading detector(String name, String words, String camera, String detector) {
        return Reading.gauge(name, words, "", 1, "camera", camera, "detector", detector);
    }
}
