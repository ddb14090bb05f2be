package io.visionops.updater.internal;

import io.visionops.api.update.UpdateResult;
import io.visionops.support.meter.Reading;
import java.util.ArrayList;
import java.util.List;

/** Updates in figures. */
final class UpdateReadings {

    private UpdateReadings() {}

    /**
     * @param installed number of the release that runs
     * @param history the last one first
     */
    static List<Reading> of(long installed, List<UpdateResult> history) {
        List<Reading> readings = new ArrayList<>();
        readings.add(
                Reading.gauge(
                        "visionops.update.release",
                        "Number of the release that runs; 0 for the program as it was unpacked",
                        "",
                        installed));
        history.stream()
                .flatMap(one -> one.downtime().stream())
                .findFirst()
                .ifPresent(
                        gap ->
                                readings.add(
                                        Reading.gauge(
                                                "visionops.update.gap",
                                                "How long a part was away at the last swap",
                                                "seconds",
                                                gap.toMillis() / 1e3)));
        return readings;
    }
}
