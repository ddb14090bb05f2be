package io.visionops.shell.internal;

import io.visionops.api.database.DatabaseFigures;
import io.visionops.api.database.DatabaseMaintenance;
import io.visionops.api.database.IntegrityDamage;
import io.visionops.api.database.IntegrityProgress;
import io.visionops.api.database.IntegrityResult;
import io.visionops.api.database.MaintenanceResult;
import io.visionops.api.database.SlowQuery;
import io.visionops.api.subject.Actor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers what a test says, and keeps what was asked for. */
final class FakeMaintenance implements DatabaseMaintenance {

    static final IntegrityDamage DAMAGE =
            new IntegrityDamage("events", "seq=7", "its checksum does not hold");

    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");

    final List<String> calls = new ArrayList<>();
    List<IntegrityDamage> damage = List.of();
    Optional<String> refusal = Optional.empty();

    @Override
    public IntegrityResult check(boolean full, Actor by, Consumer<IntegrityProgress> progress) {
        calls.add("check " + full + " " + by);
        progress.accept(new IntegrityProgress("events", 1000));
        return new IntegrityResult(TEN, Duration.ofSeconds(3), full, 2500, damage);
    }

    @Override
    public MaintenanceResult maintain(boolean full, Actor by) throws IOException {
        calls.add("maintain " + full + " " + by);
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        return new MaintenanceResult(
                TEN,
                Duration.ofMillis(800),
                full,
                50_000_000,
                20_000_000,
                Duration.ofMillis(17),
                "the log is not emptied: it is being read");
    }

    @Override
    public DatabaseFigures figures() {
        return new DatabaseFigures(
                4096,
                3014,
                100,
                false,
                Duration.ofMillis(2),
                Duration.ofMillis(9),
                Map.of("events", 12.3),
                List.of(
                        new SlowQuery(
                                "SELECT 1",
                                3,
                                Duration.ofNanos(1_500_000),
                                Duration.ofNanos(2_500_000))),
                true,
                Optional.empty(),
                Optional.of(TEN),
                Optional.empty(),
                List.of(DAMAGE));
    }
}
