package io.visionops.inference.internal.detector;

import io.visionops.api.detect.Detector;
import io.visionops.api.journal.Severity;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells when another detector stands in for the one that is due and fails, and when that is over.
 * Used by the camera's thread; {@link #current} by any.
 */
final class FallbackReport {

    private final DetectorBreakers breakers;
    private final Changes changes;
    private final Clock clock;

    /** Null while nothing fails. Written by the camera's thread. */
    private volatile @Nullable FallbackDetector current;

    /** Who is told. */
    @FunctionalInterface
    public interface Changes {
        void changed(Severity severity, String words);
    }

    FallbackReport(DetectorBreakers breakers, Changes changes, Clock clock) {
        this.breakers = breakers;
        this.changes = changes;
        this.clock = clock;
    }

    Optional<FallbackDetector> current() {
        return Optional.ofNullable(current);
    }

    /**
     * @param due the detector that would be in use if none failed
     * @param chosen the one that is used now
     */
    void chosen(Supplier<Optional<Detector>> due, Optional<Detector> chosen) {
        if (breakers.areClosed()) {
            return;
        }
        Optional<Detector> wanted = due.get();
        Optional<String> fails = wanted.flatMap(breakers::failure);
        if (fails.isEmpty() || wanted.equals(chosen)) {
            // Gone, or tried: it shows whether it works.
            return;
        }
        String name = chosen.map(Detector::name).orElse("");
        FallbackDetector before = current;
        if (before == null || !before.detector().equals(name)) {
            FallbackDetector now =
                    new FallbackDetector(name, clock.instant().truncatedTo(ChronoUnit.SECONDS));
            current = now;
            changes.changed(Severity.WARNING, fails.get() + "; " + now.words());
        }
    }

    /** A detector has looked at a frame. */
    void worked(Detector working, Supplier<Optional<Detector>> due) {
        FallbackDetector before = current;
        if (before != null && due.get().filter(one -> one == working).isPresent()) {
            current = null;
            changes.changed(
                    Severity.INFO,
                    "detector "
                            + working.name()
                            + " works again; "
                            + (before.isNone() ? "none" : before.detector())
                            + " stood in since "
                            + before.since());
        }
    }
}
