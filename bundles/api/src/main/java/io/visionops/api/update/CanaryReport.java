package io.visionops.api.update;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The analysis of a release beside the one that runs, on the same frames of one camera.
 *
 * @param since when both were first compared
 * @param length of the comparison, so far
 * @param verdict why it was promoted or dropped; empty while it goes on
 */
public record CanaryReport(
        String camera,
        Instant since,
        Duration length,
        Side running,
        Side candidate,
        String verdict) {

    /**
     * Bundles that analyse a camera on trial find this framework property, followed by their id:
     * they are to leave nothing in the data folder.
     */
    public static final String PROPERTY = "visionops.canary.";

    /**
     * What one of them did.
     *
     * @param frames that were looked at
     * @param crossings by line, label and direction, in that order with blanks between
     * @param detectTime of one call of the detector, median; zero before the first
     */
    public record Side(
            String version, long frames, Map<String, Long> crossings, Duration detectTime) {

        public Side {
            crossings = Map.copyOf(new TreeMap<>(crossings));
        }
    }
}
