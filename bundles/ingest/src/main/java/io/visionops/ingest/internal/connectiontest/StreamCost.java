package io.visionops.ingest.internal.connectiontest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says when a stream is far more than what is looked at needs. Stateless. */
final class StreamCost {

    private static final Pattern DESCRIBED =
            Pattern.compile("\\w+ (\\d{1,5})x(\\d{1,5}), (\\d{1,6}(?:\\.\\d{1,6})?) fps");

    /** Pixels a second of 1920x1080 at 30 frames a second, of which every one is decoded. */
    private static final double MUCH = 1920 * 1080 * 30;

    private StreamCost() {}

    /**
     * One sentence; empty when there is nothing to say.
     *
     * @param described codec, size and rate of a stream
     */
    static String advice(String described) {
        Matcher parts = DESCRIBED.matcher(described);
        if (!parts.matches()) {
            return "";
        }
        double pixels =
                Double.parseDouble(parts.group(1))
                        * Double.parseDouble(parts.group(2))
                        * Double.parseDouble(parts.group(3));
        return pixels <= MUCH
                ? ""
                : "Every picture of "
                        + described
                        + " is decoded, few are looked at: the camera's second, smaller stream"
                        + " costs a fraction.";
    }
}
