package io.visionops.health.internal.governor;

import java.util.Optional;

/**
 * The governor went to another level.
 *
 * @param input that asked for it; empty on the way back
 * @param reason in words
 */
record LevelChange(
        GovernorLevel before, GovernorLevel now, Optional<GovernorInput> input, String reason) {}
