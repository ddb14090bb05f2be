package io.visionops.api.discovery;

import java.util.List;
import java.util.Optional;

/**
 * A device that was found. Its words are as it sent them, without control characters and cut to a
 * line's length; empty where it did not tell.
 *
 * @param host the address that it answered from, or the host that was asked for
 * @param streams in the device's order; empty when it did not tell
 * @param problem why streams are missing, and what to do; one line
 * @param notes what a person should know of it besides, a line each
 */
public record Device(
        String host,
        String name,
        String manufacturer,
        String model,
        List<Stream> streams,
        Optional<String> problem,
        List<String> notes) {

    public Device {
        streams = List.copyOf(streams);
        notes = List.copyOf(notes);
    }

    /**
     * A stream of the device.
     *
     * @param profile the device's name for it
     * @param codec such as {@code H264}
     * @param width pixels; 0 where the device does not tell
     * @param fps the most that it is set to; 0 where the device does not tell
     * @param url at the device itself, without credentials, and harmless on a command line: all but
     *     plain characters of an address are percent-encoded
     * @param recommended serves the analysis at the least cost
     */
    public record Stream(
            String profile,
            String codec,
            int width,
            int height,
            double fps,
            String url,
            boolean recommended) {}
}
