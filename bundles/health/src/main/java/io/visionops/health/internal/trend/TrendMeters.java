package io.visionops.health.internal.trend;

import io.visionops.health.internal.machine.MemoryKind;
import io.visionops.health.internal.machine.MemorySample;
import io.visionops.support.meter.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trends as meters. A child is named as the part that keeps it names it. */
final class TrendMeters {

    private TrendMeters() {}

    static List<Reading> readings(TrendReport report, Optional<MemorySample> sample) {
        List<Reading> readings = new ArrayList<>();
        sample.ifPresent(
                one -> {
                    one.own().forEach((kind, amount) -> readings.add(memory(kind, amount.bytes())));
                    readings.add(
                            memory(
                                    MemoryKind.CHILD,
                                    one.children().stream()
                                            .mapToLong(child -> child.memory())
                                            .sum()));
                });
        report.growths()
                .forEach(
                        growth ->
                                readings.add(
                                        Reading.gauge(
                                                "visionops.memory.growth.bytes.per.hour",
                                                "By how much memory grows for good",
                                                "",
                                                growth.bytesAnHour(),
                                                "kind",
                                                growth.owner().kind().word(),
                                                "child",
                                                growth.owner().child())));
        report.exhaustions()
                .forEach(
                        end ->
                                readings.add(
                                        Reading.gauge(
                                                "visionops.forecast",
                                                "Until a limit is reached, if it goes on like"
                                                        + " that; absent where none is in sight",
                                                "seconds",
                                                end.left().toSeconds(),
                                                "of",
                                                end.of())));
        return readings;
    }

    private static Reading memory(MemoryKind kind, long bytes) {
        return Reading.gauge(
                "visionops.memory",
                "Memory of the program and its children; of the heap what the last collection of"
                        + " the old generation left",
                "bytes",
                bytes,
                "kind",
                kind.word());
    }
}
