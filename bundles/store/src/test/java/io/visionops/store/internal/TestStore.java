package io.visionops.store.internal;

import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.database.DatabaseMaintenance;
import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.Severity;
import io.visionops.api.query.CountQuery;
import io.visionops.api.query.EventQuery;
import io.visionops.api.query.JournalReader;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.picture.PictureKeys;
import io.visionops.store.internal.write.WriterState;
import io.visionops.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** A store in a folder of the test, open and usable, with words for what tests say. */
public final class TestStore implements AutoCloseable {

    public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    public final ManualClock clock;

    /** May be set at any time. */
    public volatile ZoneId zone = ZoneOffset.UTC;

    private final Path folder;
    private final Store store;

    /** What was offered last. */
    private final AtomicReference<CompletableFuture<StoreServices>> offered =
            new AtomicReference<>(new CompletableFuture<>());

    private final CountDownLatch offers = new CountDownLatch(2);

    public TestStore(Path folder) {
        this(folder, new ManualClock(NOON));
    }

    public TestStore(Path folder, ManualClock clock) {
        this(folder, clock, UpkeepSettings.DEFAULT);
    }

    public TestStore(Path folder, ManualClock clock, UpkeepSettings upkeep) {
        this(folder, clock, upkeep, PictureKeys.ofTheirOwn());
    }

    public TestStore(Path folder, ManualClock clock, UpkeepSettings upkeep, PictureKeys keys) {
        this.folder = folder;
        this.clock = clock;
        store =
                new Store(
                        folder,
                        () -> RetentionPolicy.DEFAULT,
                        () -> zone,
                        () -> upkeep,
                        keys,
                        this::publish,
                        clock,
                        Ticker.system(),
                        Store.POLICY);
        store.start();
    }

    private Runnable publish(StoreServices services) {
        if (!offered.get().complete(services)) {
            offered.set(CompletableFuture.completedFuture(services));
        }
        offers.countDown();
        return () -> {};
    }

    private StoreServices services() {
        return await(offered.get());
    }

    /** Waits until the database was closed once and is open again. */
    public void awaitReopened() throws InterruptedException {
        if (!offers.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the database was not opened again");
        }
    }

    public Journal journal() {
        return services().journal();
    }

    public JournalReader reader() {
        return services().reader();
    }

    public Checkpoints checkpoints() {
        return services().checkpoints();
    }

    public DatabaseMaintenance maintenance() {
        return services().maintenance();
    }

    public DatabaseCopies copies() {
        return services().copies();
    }

    /** What the writer cannot do at the moment. */
    Optional<String> trouble() {
        return store.state().writer().flatMap(WriterState::trouble);
    }

    public boolean isPublished() {
        return offered.get().isDone();
    }

    /** Appends and waits for the commit. */
    public void append(Entry entry) {
        await(journal().append(entry));
    }

    /** Appends facts without an event and waits for the commit. */
    public void append(Fact... facts) {
        append(Entry.of(UUID.randomUUID(), facts));
    }

    public Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    public Path file() {
        return folder.resolve("visionops.db");
    }

    @Override
    public void close() {
        store.close();
    }

    /** The result; a failure as it was meant. */
    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException meant) {
                throw meant;
            }
            throw new IllegalStateException(failure);
        } catch (InterruptedException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static Event crossing(String camera, Instant time, String line, String label) {
        return new Event(
                UUID.randomUUID(),
                Event.Type.CROSSING,
                Subject.camera(camera),
                Severity.INFO,
                time,
                Optional.of(label),
                0.875,
                OptionalLong.of(17),
                Optional.of(new Box(0.1, 0.2, 0.3, 0.4)),
                Optional.of(line),
                Optional.empty(),
                Optional.of(Event.Direction.IN),
                "");
    }

    public static Event cameraState(String camera, Instant time, String detail) {
        return new Event(
                UUID.randomUUID(),
                Event.Type.CAMERA_STATE,
                Subject.camera(camera),
                Severity.INFO,
                time,
                Optional.empty(),
                0,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                detail);
    }

    /** Every event, a page of so many. */
    public static EventQuery all(int limit) {
        return new EventQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit,
                Optional.empty());
    }

    public static EventQuery search(String text) {
        return new EventQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(text),
                1000,
                Optional.empty());
    }

    public static CountQuery counts(CountQuery.Interval interval) {
        return new CountQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                interval);
    }

    public static CountQuery counts(CountQuery.Interval interval, Instant from, Instant to) {
        return new CountQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(from),
                Optional.of(to),
                interval);
    }
}
