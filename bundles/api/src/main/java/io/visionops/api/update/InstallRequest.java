package io.visionops.api.update;

import java.time.Duration;
import java.util.Optional;

/**
 * How a release is to be installed.
 *
 * @param again also one that was gone back from
 * @param canary camera on which its analysis runs first, beside the present one and on copies of
 *     the frames
 * @param length how long it does
 */
public record InstallRequest(boolean again, Optional<String> canary, Duration length) {

    /** How long a release is compared where nothing else is said. */
    public static final Duration DEFAULT_LENGTH = Duration.ofMinutes(10);

    /** Without a canary. */
    public static InstallRequest at(boolean again) {
        return new InstallRequest(again, Optional.empty(), DEFAULT_LENGTH);
    }
}
