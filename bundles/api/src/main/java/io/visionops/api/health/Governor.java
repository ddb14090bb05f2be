package io.visionops.api.health;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes load from the machine when it is short of something, by asking cameras for less, and gives
 * it back step by step. Thread-safe; no method waits for a camera, a lock or a disk.
 */
@ProviderType
public interface Governor {

    /** As of its last look; empty before the first one, a few seconds after the part's start. */
    Optional<GovernorStatus> status();
}
