package io.visionops.store.internal.crash;

import static io.visionops.store.internal.TestStore.NOON;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.api.journal.Fact;
import io.visionops.api.subject.Actor;
import io.visionops.store.internal.TestStore;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.replace.DatabaseFiles;
import io.visionops.store.internal.sqlite.NativeLibrary;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * A program that writes events, counts, pictures and checkpoints, closes and opens the database and
 * has it replaced as a restore does, and says what was acknowledged.
 */
final class StoreWorkload {

    static final String OWNER = "inference.front";

    /** Without a reserve for a full disk, which would be most of what is written. */
    static final UpkeepSettings UPKEEP = new UpkeepSettings(Optional.empty(), 0);

    private static final int WINDOW = 20;

    /** Enough for a log that is begun anew while the database is open. */
    private static final int ENTRIES = 400;

    private static int checkpoints;

    private StoreWorkload() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        new NativeLibrary(natives(folder)).place();
        try (TestStore store = new TestStore(folder, new ManualClock(NOON), UPKEEP)) {
            write(store, ENTRIES);
        }
        Path copy = folder.resolve("copy.db");
        try (TestStore store = new TestStore(folder, new ManualClock(NOON), UPKEEP)) {
            write(store, ENTRIES / 10);
            store.copies().copyTo(copy);
            write(store, ENTRIES / 10);
            store.maintenance().check(true, Actor.user("anna"), progress -> {});
        }
        DatabaseFiles.replace(folder, copy, folder.resolve("quarantine/database-former"));
        TestStore store = new TestStore(folder, new ManualClock(NOON), UPKEEP);
        write(store, ENTRIES / 4);
        // Not closed: as a crash leaves it.
        Runtime.getRuntime().halt(0);
    }

    /** The library of SQLite is no part of what is recorded. */
    static Path natives(Path folder) {
        return folder.resolveSibling("natives");
    }

    private static void write(TestStore store, int count) throws InterruptedException {
        Semaphore window = new Semaphore(WINDOW);
        for (int i = 0; i < count; i++) {
            Event event = TestStore.crossing("front", NOON, "door", "person");
            Fact crossing = new Fact.Crossing("front", NOON, "door", "person", Direction.IN);
            Entry entry =
                    i % 10 == 0
                            ? Entry.of(event, crossing, new Fact.Snapshot("front", new byte[3000]))
                            : Entry.of(event, crossing);
            send(window, store.journal().append(entry), "event " + event.id());
            if (i % 25 == 0) {
                checkpoints++;
                send(
                        window,
                        store.checkpoints()
                                .save(
                                        new Checkpoint(
                                                OWNER,
                                                1,
                                                NOON.plusSeconds(checkpoints),
                                                "{\"number\":" + checkpoints + "}")),
                        "checkpoint " + checkpoints);
            }
        }
        window.acquire(WINDOW);
    }

    private static void send(Semaphore window, CompletableFuture<Void> told, String what)
            throws InterruptedException {
        window.acquire();
        told.whenComplete(
                (done, failure) -> {
                    say(failure == null ? what : "failed " + failure);
                    window.release();
                });
    }

    private static synchronized void say(String what) {
        System.out.println(what);
    }
}
