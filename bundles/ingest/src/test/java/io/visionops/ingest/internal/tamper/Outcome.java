package io.visionops.ingest.internal.tamper;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.PictureLimits;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the watch said to one entry of the labelled set.
 *
 * @param found the faults that were reported, each with the second of its first report
 */
record Outcome(String scene, Encoding encoding, Scenario scenario, Map<Cause, Double> found) {

    static Outcome of(Footage footage, Path scene, Encoding encoding, Scenario scenario)
            throws Exception {
        PictureWatch watch =
                new PictureWatch(PictureLimits.DEFAULTS, Optional.empty(), usual -> {});
        Map<Cause, Double> found = new TreeMap<>();
        footage.show(
                scene,
                scenario,
                encoding,
                (i420, size, frame) -> {
                    long at = frame * 1_000_000_000L / Footage.FPS;
                    Optional<Fault> fault = watch.look(i420, size.width(), size.height(), at);
                    fault.ifPresent(
                            one -> found.putIfAbsent(one.cause(), (double) frame / Footage.FPS));
                });
        String name = String.valueOf(scene.getFileName()).replaceAll("\\..*", "");
        return new Outcome(name, encoding, scenario, found);
    }

    /** Seconds from the beginning of the fault to its report; empty when it was not reported. */
    Optional<Double> delay() {
        return scenario.expected()
                .map(found::get)
                .map(second -> second - Scenario.ONSET)
                .filter(delay -> delay > 0);
    }

    /** Whether a fault was reported that was none, or before it was one. */
    boolean isWrongly(Cause cause) {
        Double second = found.get(cause);
        return second != null
                && (second < Scenario.ONSET || !scenario.expected().equals(Optional.of(cause)));
    }

    /** Faults that were reported and are none. */
    long wrong() {
        return found.keySet().stream().filter(this::isWrongly).count();
    }

    @Override
    public String toString() {
        return "%-6s %-9s %-32s %-8s %-18s %s"
                .formatted(
                        scene,
                        encoding,
                        scenario.name(),
                        scenario.expected().map(Cause::name).orElse("-"),
                        found,
                        delay().map(delay -> delay + " s").orElse(""));
    }
}
