package io.visionops.store.internal;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * A process that writes until it is killed. It first writes again the entries named on its input,
 * and says on its output what it sends and what was acknowledged.
 */
final class Appender {

    private Appender() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        TestStore store = new TestStore(Path.of(arguments[0]));
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Semaphore window = new Semaphore(200);
        for (String id = input.readLine(); !id.isEmpty(); id = input.readLine()) {
            send(store, UUID.fromString(id), window);
        }
        while (true) {
            send(store, UUID.randomUUID(), window);
        }
    }

    private static void send(TestStore store, UUID id, Semaphore window)
            throws InterruptedException {
        window.acquire();
        say("sent ", id);
        CompletableFuture<Void> told =
                store.journal().append(entry(id)).thenRun(() -> say("acknowledged ", id));
        if (told.whenComplete((done, failure) -> window.release()).isCompletedExceptionally()) {
            throw new IllegalStateException("not written: " + id);
        }
    }

    private static synchronized void say(String what, UUID id) {
        System.out.println(what + id);
    }

    /** Half of the ids are events at the door, the others plain crossings of the exit. */
    static boolean isEvent(UUID id) {
        return (id.getLeastSignificantBits() & 1) == 0;
    }

    static Entry entry(UUID id) {
        if (!isEvent(id)) {
            return Entry.of(id, crossing("exit"));
        }
        Event event =
                new Event(
                        id,
                        Event.Type.CROSSING,
                        Subject.camera("gate"),
                        Severity.INFO,
                        TestStore.NOON,
                        Optional.of("person"),
                        0.5,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.of("door"),
                        Optional.empty(),
                        Optional.of(Direction.IN),
                        "");
        return (id.getLeastSignificantBits() & 62) == 0
                ? Entry.of(event, crossing("door"), new Fact.Snapshot("gate", new byte[5000]))
                : Entry.of(event, crossing("door"));
    }

    private static Fact crossing(String line) {
        return new Fact.Crossing("gate", TestStore.NOON, line, "person", Direction.IN);
    }
}
