package io.visionops.api.health;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs all checks in rounds and keeps what they said. Thread-safe; no method waits for a check, a
 * lock or a disk.
 */
@ProviderType
public interface HealthMonitor {

    /** Of the newest round; empty before the first one, a few seconds after the part's start. */
    Optional<HealthReport> report();

    /**
     * Whether rounds are overdue: what {@link #report()} says is old, and whoever goes by it has to
     * take the program for sick.
     */
    boolean isOverdue();

    /**
     * What a check said in the last rounds, 1000 at most, newest first; empty for one that is not
     * known.
     */
    List<HealthResult> history(String check);
}
