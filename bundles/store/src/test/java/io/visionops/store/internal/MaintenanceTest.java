package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.crossing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.database.DatabaseFigures;
import io.visionops.api.database.MaintenanceResult;
import io.visionops.api.journal.Entry;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Actor;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.write.JournalWriter;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is given back, and for how long the writer waits. */
class MaintenanceTest extends StoreRig {

    private static final Actor ANNA = Actor.user("anna");

    /** Much more than it takes on a quiet machine: less than anybody would notice. */
    private static final Duration BOUND = Duration.ofMillis(1500);

    private void fill(int megabytes) {
        List<CompletableFuture<Void>> written = new ArrayList<>();
        for (int i = 0; i < megabytes * 25; i++) {
            written.add(
                    store.journal()
                            .append(
                                    Entry.of(
                                            TestStore.cameraState(
                                                    "gate",
                                                    NOON.plusMillis(i),
                                                    "x".repeat(40_000)))));
        }
        written.forEach(TestStore::await);
    }

    private void deleteAll() {
        JournalWriter writer = (JournalWriter) store.journal();
        TestStore.await(
                writer.submit(
                        connection -> connection.prepared("DELETE FROM events").executeUpdate()));
    }

    private long bytes() throws IOException {
        return Files.size(store.file());
    }

    @Test
    void freePagesAreGivenBackInStepsWhileOthersWrite() throws Exception {
        fill(30);
        deleteAll();
        long before = bytes();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Duration> slowest = CompletableFuture.supplyAsync(() -> write(over));

        MaintenanceResult result = store.maintenance().maintain(false, ANNA);
        over.set(true);

        assertThat(bytes()).isLessThan(before / 2);
        assertThat(result.remark()).isEmpty();
        assertThat(result.bytesAfter()).isLessThan(result.bytesBefore() / 2);
        assertThat(result.longestHold()).isLessThan(BOUND);
        assertThat(TestStore.await(slowest)).isLessThan(BOUND);
        assertThat(store.maintenance().check(true, ANNA, progress -> {}).damage()).isEmpty();
        assertThat(
                        store.reader()
                                .records(
                                        new RecordQuery(
                                                Optional.of("maintenance"),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                10,
                                                Optional.empty()))
                                .records())
                .hasSize(1);
    }

    /** The longest that a commit took from the call to its end. */
    private Duration write(AtomicBoolean over) {
        Duration slowest = Duration.ZERO;
        while (!over.get()) {
            long start = System.nanoTime();
            store.append(Entry.of(crossing("gate", NOON, "door", "person")));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        return slowest;
    }

    @Test
    void aFullOneWritesTheFileAnewAlsoOneThatCannotShrink() throws Exception {
        store.close();
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("visionops.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA auto_vacuum = NONE");
            statement.execute("VACUUM");
        }
        store = new TestStore(folder);
        fill(10);
        deleteAll();
        long before = bytes();

        MaintenanceResult little = store.maintenance().maintain(false, ANNA);
        assertThat(little.remark()).contains("maintenance --full writes it anew");
        assertThat(bytes()).isGreaterThanOrEqualTo(before);
        MaintenanceResult full = store.maintenance().maintain(true, ANNA);

        assertThat(full.remark()).isEmpty();
        assertThat(bytes()).isLessThan(before / 2);
        assertThat(store.maintenance().figures().shrinks()).isTrue();
        store.append(Entry.of(crossing("gate", NOON, "door", "person")));
        assertThat(store.maintenance().check(true, ANNA, progress -> {}).damage()).isEmpty();
    }

    @Test
    void aFullOneIsRefusedWithoutRoomForIt() throws Exception {
        Path scratch = folder.resolve("small");
        Files.createDirectory(scratch);
        try (MountedDisk disk = MountedDisk.inMemory(scratch, 30);
                TestStore small =
                        new TestStore(
                                disk.dataFolder(),
                                new ManualClock(NOON),
                                new UpkeepSettings(Optional.empty(), 0))) {
            small.append(Entry.of(crossing("gate", NOON, "door", "person")));

            assertThatThrownBy(() -> small.maintenance().maintain(true, ANNA))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("refused: 64 MB are needed on the disk of");
        }
    }

    @Test
    void figuresTellOfPagesRatesTimesAndSlowQueries() throws Exception {
        for (int i = 0; i < 5; i++) {
            store.append(Entry.of(crossing("gate", NOON.plusSeconds(i), "door", "person")));
        }
        store.reader().events(TestStore.all(10));

        DatabaseFigures figures = store.maintenance().figures();

        assertThat(figures.pages() * figures.pageBytes()).isPositive();
        assertThat(figures.shrinks()).isTrue();
        assertThat(figures.rowsPerHour().get("events")).isPositive();
        assertThat(figures.commitP99()).isGreaterThanOrEqualTo(figures.commitP50());
        assertThat(figures.slowest()).anyMatch(one -> one.sql().contains("FROM events e"));
        assertThat(figures.lastMaintenance()).isEmpty();
    }

    @Test
    void aSettingThatIsWrongIsRefusedWithWhatIsAllowed() {
        assertThat(UpkeepSettings.read("off", "0").daily()).isEmpty();
        assertThat(UpkeepSettings.read("03:40", "16")).isEqualTo(UpkeepSettings.DEFAULT);
        assertThatThrownBy(() -> UpkeepSettings.read("25:00", "16"))
                .hasMessageContaining("maintenance.daily = 25:00 is refused");
        assertThatThrownBy(() -> UpkeepSettings.read("off", "-1"))
                .hasMessageContaining("reserve.mb = -1 is refused");
    }
}
