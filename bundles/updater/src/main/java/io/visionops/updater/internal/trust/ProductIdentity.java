package io.visionops.updater.internal.trust;

import java.time.Instant;

/**
 * What is installed here.
 *
 * @param product such as {@code visionops}
 * @param platform such as {@code linux-x86_64}
 * @param built when it was; the time cannot be earlier
 */
public record ProductIdentity(String product, String platform, Instant built) {}
