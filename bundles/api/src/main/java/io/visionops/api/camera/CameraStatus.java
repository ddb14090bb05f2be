package io.visionops.api.camera;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one camera at one moment.
 *
 * @param since when {@code state} was entered
 * @param fault why the camera does not stream, or what is wrong with its pictures or their analysis
 * @param fps frames a second that arrive, over the last seconds
 * @param width of the frames in pixels; 0 before the first
 * @param lastFrame when the newest frame arrived; empty before the first
 * @param reconnects decoders started after the first, since the camera was configured
 * @param failures consecutive ones; 0 while all is well
 * @param maskedUrl the address in use, without credentials
 */
public record CameraStatus(
        String camera,
        CameraState state,
        Instant since,
        Optional<Fault> fault,
        double fps,
        int width,
        int height,
        Optional<Instant> lastFrame,
        long reconnects,
        int failures,
        String maskedUrl) {}
