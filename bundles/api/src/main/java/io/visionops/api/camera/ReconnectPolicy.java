package io.visionops.api.camera;

import java.time.Duration;

/**
 * How a lost camera is tried again: a doubling wait, then a slow probe for ever.
 *
 * @param initial first wait
 * @param max longest wait while the camera is in backoff
 * @param retries tries until the camera is called offline
 * @param probe wait between tries from then on
 */
public record ReconnectPolicy(Duration initial, Duration max, int retries, Duration probe) {}
