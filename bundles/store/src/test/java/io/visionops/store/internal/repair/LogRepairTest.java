package io.visionops.store.internal.repair;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.query.EventPage;
import io.visionops.store.internal.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a store that was killed, with a bit flipped: {@code -Dvisionops.logflips=1000}. */
class LogRepairTest {

    private static final int FLIPS = Integer.getInteger("visionops.logflips", 40);
    private static final long SEED = Long.getLong("visionops.flips.seed", 7);
    private static final List<String> FILES =
            List.of("visionops.db", "visionops.db-wal", "visionops.db.in-use");

    @TempDir Path folder;
    private Path killed;

    /** In the order in which they were acknowledged, each in a transaction of its own. */
    private final List<Event> acknowledged = new ArrayList<>();

    @BeforeEach
    void kill() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        killed = Files.createDirectories(folder.resolve("killed"));
        try (TestStore store = new TestStore(data)) {
            for (int i = 0; i < 30; i++) {
                Event event = TestStore.crossing("gate", NOON.plusSeconds(i), "door", "person");
                store.append(Entry.of(event));
                acknowledged.add(event);
            }
            for (String name : FILES) {
                Files.copy(data.resolve(name), killed.resolve(name));
            }
        }
    }

    private Path again(int number) throws IOException {
        Path data = Files.createDirectories(folder.resolve("again-" + number));
        for (String name : FILES) {
            Files.copy(killed.resolve(name), data.resolve(name));
        }
        return data;
    }

    private static List<Event> events(TestStore store) {
        return store.reader().events(TestStore.all(100)).events().stream()
                .map(EventPage.Stored::event)
                .toList();
    }

    @Test
    void aBitThatIsFlippedInTheLogCostsNothingThatWasAcknowledgedBeforeTheLastCommit()
            throws Exception {
        Random random = new Random(SEED);
        byte[] whole = Files.readAllBytes(killed.resolve("visionops.db-wal"));
        List<Event> before = acknowledged.subList(0, acknowledged.size() - 1);
        int told = 0;
        for (int i = 0; i < FLIPS; i++) {
            Path data = again(i);
            byte[] flipped = whole.clone();
            // Some of them in its head, which is small.
            int at = random.nextInt(i % 10 == 0 ? 32 : whole.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(data.resolve("visionops.db-wal"), flipped);

            try (TestStore store = new TestStore(data)) {
                // What is told of a repair is written before it.
                store.append(Entry.of(TestStore.cameraState("gate", NOON, "after")));
                List<Event> stored = events(store);
                List<String> words =
                        stored.stream()
                                .filter(one -> one.type().word().equals("database-repaired"))
                                .map(Event::detail)
                                .toList();
                told += words.size();
                if (!stored.containsAll(before)) {
                    assertThat(words)
                            .as("byte %s", at)
                            .anyMatch(
                                    one -> one.matches(".*(left out|could be read|can be read).*"));
                }
                assertThat(acknowledged)
                        .as("byte %s", at)
                        .containsAll(
                                stored.stream()
                                        .filter(one -> one.type().equals(Event.Type.CROSSING))
                                        .toList());
            }
        }
        assertThat(told).isGreaterThan(FLIPS / 2);
    }

    @Test
    void aLogWithoutDamageIsLeftAsItIs() throws Exception {
        byte[] whole = Files.readAllBytes(killed.resolve("visionops.db-wal"));

        assertThat(LogRepair.run(killed.resolve("visionops.db"))).isEmpty();

        assertThat(Files.readAllBytes(killed.resolve("visionops.db-wal"))).isEqualTo(whole);
    }

    @Test
    void aLogWhoseEndIsTornIsLeftAsItIs() throws Exception {
        Path log = killed.resolve("visionops.db-wal");
        byte[] whole = Files.readAllBytes(log);
        int torn = whole.length - 2000;
        Files.write(log, Arrays.copyOf(whole, torn));
        assertThat(LogRepair.run(killed.resolve("visionops.db"))).isEmpty();

        byte[] zeros = whole.clone();
        Arrays.fill(zeros, torn, whole.length, (byte) 0);
        Files.write(log, zeros);
        assertThat(LogRepair.run(killed.resolve("visionops.db"))).isEmpty();
        assertThat(Files.readAllBytes(log)).isEqualTo(zeros);
    }
}
