package io.visionops.store.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.visionops.api.database.IntegrityDamage;
import io.visionops.api.recovery.RecoveryAction.Scope;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.store.internal.StoreState;
import io.visionops.store.internal.integrity.IntegrityStatus;
import io.visionops.store.internal.write.WriterState;
import io.visionops.support.breaker.BreakerStatus;
import io.visionops.support.meter.LabelledTimers;
import io.visionops.support.recovery.TimedRepair;
import io.visionops.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meters, checks and the recovery action of the store. */
class StoreHealthTest {

    private static final BreakerStatus CLOSED =
            new BreakerStatus(
                    "database", BreakerStatus.State.CLOSED, 0, Optional.empty(), Duration.ZERO);
    private static final BreakerStatus OPEN =
            new BreakerStatus(
                    "database",
                    BreakerStatus.State.OPEN,
                    3,
                    Optional.of("disk full"),
                    Duration.ofSeconds(40));

    private static final Actor ANNA = Actor.user("anna");
    private static final Duration FAST = Duration.ofMillis(4);
    private static final WriterState IDLE =
            new WriterState(0, 10_000, false, 7, FAST, 0, 0, 0, Optional.empty());

    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private Optional<StoreState> state = Optional.empty();
    private IntegrityStatus integrity = IntegrityStatus.UNKNOWN;
    private long logBytes;

    private StoreSampler sampler() {
        return new StoreSampler(() -> state, clock);
    }

    private void open(WriterState writer) {
        state =
                Optional.of(
                        new StoreState(
                                folder,
                                Optional.of(writer),
                                Optional.empty(),
                                CLOSED,
                                integrity,
                                logBytes));
    }

    private void closed(Optional<String> trouble) {
        state =
                Optional.of(
                        new StoreState(
                                folder, Optional.empty(), trouble, OPEN, integrity, logBytes));
    }

    private static WriterState waiting(int queued, long commits) {
        return new WriterState(queued, 10_000, true, commits, FAST, 0, 0, 0, Optional.empty());
    }

    private static void assertThatIt(HealthCheck check, Status status, String... words) {
        assertThat(check.execute().getStatus()).isEqualTo(status);
        StringBuilder all = new StringBuilder();
        for (ResultLog.Entry entry : check.execute()) {
            all.append(entry.getMessage()).append('\n');
        }
        for (String each : words) {
            assertThat(all).contains(each);
        }
    }

    @Test
    void aDatabaseThatCannotBeOpenedIsCriticalWithItsCause() {
        StoreSampler sampler = sampler();
        OpenCheck check = new OpenCheck(sampler);
        sampler.sampler().sample();
        assertThatIt(check, Status.CRITICAL, "no data folder is known", "io.visionops.store.cfg");

        closed(Optional.empty());
        sampler.sampler().sample();
        assertThatIt(check, Status.OK, "is being opened");
        clock.advance(Duration.ofSeconds(11));
        sampler.sampler().sample();
        assertThatIt(check, Status.WARN, "is being opened for 11 s");
        closed(Optional.of("another program holds it"));
        sampler.sampler().sample();
        assertThatIt(
                check,
                Status.CRITICAL,
                folder.resolve("visionops.db") + " is not open: another program holds it",
                "tried again in 40 s");
        open(IDLE);
        sampler.sampler().sample();
        assertThatIt(check, Status.OK, "is open");
    }

    @Test
    void whatHasWaitedForLongWithoutACommitIsTold() {
        StoreSampler sampler = sampler();
        WriteCheck write = new WriteCheck(sampler);
        ProgressCheck progress = new ProgressCheck(sampler);
        open(waiting(3, 7));
        sampler.sampler().sample();
        assertThatIt(write, Status.OK, "3 entries wait", "a commit takes 4 ms");

        clock.advance(Duration.ofSeconds(21));
        sampler.sampler().sample();
        assertThatIt(write, Status.WARN, "none was written for 21 s");
        clock.advance(Duration.ofSeconds(20));
        sampler.sampler().sample();
        assertThatIt(write, Status.CRITICAL, "none was written for 41 s");
        assertThatIt(progress, Status.OK);
        clock.advance(Duration.ofSeconds(80));
        sampler.sampler().sample();
        assertThatIt(progress, Status.CRITICAL, "has not come back for 121 s", "visionops restart");
        open(waiting(3, 8));
        sampler.sampler().sample();
        assertThatIt(write, Status.OK);
        assertThatIt(progress, Status.OK);
    }

    @Test
    void aQuietDatabaseIsNotLate() {
        StoreSampler sampler = sampler();
        open(IDLE);
        sampler.sampler().sample();
        clock.advance(Duration.ofHours(1));
        sampler.sampler().sample();

        assertThatIt(new WriteCheck(sampler), Status.OK, "0 entries wait");
    }

    @Test
    void aFullQueueALossASlowDiskAndTroubleAreTold() {
        StoreSampler sampler = sampler();
        WriteCheck check = new WriteCheck(sampler);
        open(waiting(5_000, 8));
        sampler.sampler().sample();
        assertThatIt(check, Status.WARN, "5000 of at most 10000 entries wait");
        open(waiting(9_000, 9));
        sampler.sampler().sample();
        assertThatIt(check, Status.CRITICAL, "9000 of at most");

        open(
                new WriterState(
                        0, 10_000, false, 9, Duration.ofMillis(1500), 0, 2, 0, Optional.empty()));
        sampler.sampler().sample();
        assertThatIt(check, Status.WARN, "a commit takes 1500 ms", "2 entries can never be");
        clock.advance(WriteCheck.RECENT.plusSeconds(1));
        open(new WriterState(0, 10_000, false, 9, FAST, 0, 2, 0, Optional.empty()));
        sampler.sampler().sample();
        assertThatIt(check, Status.OK);
        open(new WriterState(0, 10_000, false, 9, FAST, 4, 2, 0, Optional.empty()));
        sampler.sampler().sample();
        assertThatIt(check, Status.CRITICAL, "4 entries were rejected");
        clock.advance(WriteCheck.RECENT.plusSeconds(1));
        open(new WriterState(0, 10_000, false, 9, FAST, 4, 2, 1, Optional.of("the disk is full")));
        sampler.sampler().sample();
        assertThatIt(check, Status.CRITICAL, "cannot be written: the disk is full");
    }

    @Test
    void aLogThatIsNotBroughtIntoTheFileIsTold() {
        StoreSampler sampler = sampler();
        logBytes = WriteCheck.LARGE_LOG + (1 << 20);
        open(IDLE);
        sampler.sampler().sample();

        assertThatIt(new WriteCheck(sampler), Status.WARN, "the write-ahead log has 65 MB");
    }

    @Test
    void damageIsCriticalUntilItIsRepairedAndTheRepairIsShownForADay() {
        StoreSampler sampler = sampler();
        IntegrityCheck check = new IntegrityCheck(sampler, clock);
        IntegrityDamage damage =
                new IntegrityDamage("events", "seq=7", "its checksum does not hold");
        integrity = status(List.of(damage), Optional.empty());
        open(IDLE);
        sampler.sampler().sample();
        assertThatIt(
                check,
                Status.CRITICAL,
                "table events, row seq=7: its checksum does not hold",
                "examine the disk");

        integrity = status(List.of(), Optional.of(clock.instant()), true);
        open(IDLE);
        sampler.sampler().sample();
        assertThatIt(check, Status.CRITICAL, "rows were lost", "1 row was saved", "backup");

        integrity = status(List.of(), Optional.of(clock.instant()));
        open(IDLE);
        sampler.sampler().sample();
        assertThatIt(check, Status.WARN, "made anew at 2026-01-01T00:00:00Z: 1 row was saved");
        clock.advance(IntegrityCheck.RECENT);
        sampler.sampler().sample();
        assertThatIt(check, Status.OK, "no time yet");
    }

    private static IntegrityStatus status(
            List<IntegrityDamage> damage, Optional<Instant> repaired) {
        return status(damage, repaired, false);
    }

    private static IntegrityStatus status(
            List<IntegrityDamage> damage, Optional<Instant> repaired, boolean lost) {
        return new IntegrityStatus(
                damage, Optional.empty(), Optional.empty(), repaired, "1 row was saved", lost);
    }

    @Test
    void totalsGoOnWhenTheDatabaseIsOpenedAnewAndAfterASwap() {
        open(IDLE);
        StoreSampler before = sampler();
        before.sampler().sample();
        closed(Optional.empty());
        before.sampler().sample();
        open(waiting(0, 9));
        before.sampler().sample();
        before.close();

        open(waiting(2, 1));
        StoreSampler after = sampler();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LabelledTimers commits = new LabelledTimers("visionops.store.commit.duration", "Commits");
        new StoreMeters(after, commits).bindTo(registry);
        commits.record(TimeUnit.MILLISECONDS.toNanos(4));
        after.sampler().sample();

        assertThat(registry.get("visionops.store.commits").functionCounter().count())
                .isEqualTo(7 + 9 + 1);
        assertThat(registry.get("visionops.store.up").gauge().value()).isEqualTo(1);
        assertThat(registry.get("visionops.store.queue").gauge().value()).isEqualTo(2);
        assertThat(registry.get("visionops.store.commit.duration").timer().count()).isEqualTo(1);
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                // Buckets are meters in this registry alone.
                .filteredOn(id -> id.getTag("le") == null)
                .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
    }

    @Test
    void theDatabaseIsOpenedAnewOrItIsSaidWhyItIsNot() {
        Subject store = Subject.part("store");
        try (TimedRepair reopen = StoreRepairs.reopen(limit -> true, () -> state)) {
            assertThat(reopen.name()).isEqualTo("store.reopen");
            assertThat(reopen.scope()).isEqualTo(Scope.COMPONENT);
            assertThat(reopen.targets()).containsExactly(store);
            assertThat(reopen.run(store, "it is stuck", ANNA).done()).isTrue();
        }
        closed(Optional.of("it is garbage"));
        try (TimedRepair reopen = StoreRepairs.reopen(limit -> false, () -> state)) {
            assertThat(reopen.run(store, "it is stuck", ANNA))
                    .isEqualTo(RecoveryResult.failed("the database is not open: it is garbage"));
        }
    }
}
