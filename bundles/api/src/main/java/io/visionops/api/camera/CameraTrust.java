package io.visionops.api.camera;

import java.util.Optional;

/**
 * What is remembered of one address of a camera, and what was refused because it differs.
 *
 * @param endpoint scheme, host and port, such as {@code rtsp://10.0.0.7:8554}; no port where it is
 *     the usual one
 * @param known what it showed at its first success; empty before that
 * @param refused what it shows now; empty unless it waits for {@link Camera#acceptIdentity}
 */
public record CameraTrust(
        String endpoint, Optional<CameraIdentity> known, Optional<CameraIdentity> refused) {}
