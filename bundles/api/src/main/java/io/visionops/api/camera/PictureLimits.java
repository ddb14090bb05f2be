package io.visionops.api.camera;

import java.time.Duration;
import java.util.Optional;

/**
 * After how long a picture that is wrong is a fault of the camera: it is found at the latest then.
 * Empty: never.
 *
 * @param freeze the picture does not change
 * @param dark the picture is black, or the lens is covered
 * @param blur the picture is far less sharp than it used to be
 * @param moved the camera looks elsewhere than it used to
 */
public record PictureLimits(
        Optional<Duration> freeze,
        Optional<Duration> dark,
        Optional<Duration> blur,
        Optional<Duration> moved) {

    /** What holds unless the configuration says otherwise. */
    public static final PictureLimits DEFAULTS =
            new PictureLimits(
                    Optional.of(Duration.ofSeconds(10)),
                    Optional.of(Duration.ofSeconds(10)),
                    Optional.of(Duration.ofSeconds(60)),
                    Optional.of(Duration.ofSeconds(60)));

    /** Pictures are not judged. */
    public static final PictureLimits OFF =
            new PictureLimits(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
