package io.visionops.updater.internal.install;

import java.time.Duration;

/**
 * What the gate asks for.
 *
 * @param hold for how long all has to be as before, without a break
 * @param most after this time it fails while anything is not as before
 * @param analysed no camera may go without a look at its pictures for longer
 */
public record GateLimits(Duration hold, Duration most, Duration analysed) {}
