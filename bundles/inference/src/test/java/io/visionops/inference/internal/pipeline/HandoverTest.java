package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.inference.internal.count.CounterState;
import io.visionops.inference.internal.track.TrackerState;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final Box BOX = new Box(0.1, 0.2, 0.3, 0.4);

    private final ManualClock clock = new ManualClock(NOW);
    private final Memory memory =
            new Memory(
                    7,
                    NOW.minusNanos(1),
                    new TrackerState(TrackerState.VERSION, 42, List.of()),
                    new CounterState(CounterState.VERSION, List.of(), List.of("yard")),
                    "motion",
                    true);
    private final Handover.Contents contents =
            new Handover.Contents(
                    Map.of("front", memory),
                    Map.of("front", new Learned("motion", new byte[] {1, 2, 3})),
                    List.of(
                            new Handover.Unwritten("front", Entry.of(event(), facts())),
                            new Handover.Unwritten("front", Entry.of(new UUID(3, 4), facts()[0]))));

    @TempDir Path data;

    private Path folder;
    private Handover handover;

    @BeforeEach
    void open() {
        folder = data.resolve("inference");
        handover = new Handover(folder, clock);
    }

    @Test
    void everythingIsReadBackAsItWasOnce() throws IOException {
        handover.leave(contents);
        clock.advance(Duration.ofSeconds(60));

        Handover.Contents read = handover.take();

        assertThat(read.memories()).isEqualTo(contents.memories());
        assertThat(read.journal()).usingRecursiveComparison().isEqualTo(contents.journal());
        assertThat(read.learned()).usingRecursiveComparison().isEqualTo(contents.learned());
        assertThat(handover.take().memories()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void afterLongOnlyWhatIsToBeWrittenCounts() {
        handover.leave(contents);
        clock.advance(Duration.ofSeconds(61));

        Handover.Contents read = handover.take();

        assertThat(read.memories()).isEmpty();
        assertThat(read.learned()).isEmpty();
        assertThat(read.journal()).hasSize(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatCannotBeReadIsKeptForAPersonAndDoesNotHoldUpTheStart() throws IOException {
        Files.createDirectories(folder);
        for (String text : List.of("", "{", "null", "{\"version\":2}", "{\"version\":1}")) {
            Files.writeString(folder.resolve("handover.json"), text);

            assertThat(handover.take().journal()).isEmpty();

            assertThat(folder.resolve("handover.json")).doesNotExist();
            assertThat(folder.resolve("handover.unreadable")).hasContent(text);
        }
    }

    @Test
    void withoutAFolderNothingIsLeft() {
        Handover none = new Handover(null, clock);

        none.leave(contents);

        assertThat(none.take().journal()).isEmpty();
    }

    @Test
    void aDiskThatTakesNothingDoesNotHoldUpTheStop() throws IOException {
        Files.writeString(folder, "a file where the folder should be");

        handover.leave(contents);

        assertThat(handover.take().journal()).isEmpty();
    }

    private static Event event() {
        return new Event(
                new UUID(1, 2),
                Event.Type.CROSSING,
                "front",
                NOW,
                Optional.of("person"),
                0.75,
                OptionalLong.of(7),
                Optional.of(BOX),
                Optional.of("door"),
                Optional.empty(),
                Optional.of(Event.Direction.IN),
                "detail");
    }

    private static Fact[] facts() {
        return new Fact[] {
            new Fact.Crossing("front", NOW, "door", "person", Event.Direction.OUT),
            new Fact.Watched("front", NOW, Duration.ofNanos(1_234_567_891)),
            new Fact.Occupancy("front", NOW, Duration.ofMillis(5), "yard", "person", 3),
            new Fact.Tracks("front", 9, NOW, List.of(new Fact.Tracked(7, "person", 0.5, BOX))),
            new Fact.Counters("front", NOW, List.of("door"), List.of("yard"), List.of("person")),
            new Fact.Snapshot("front", new byte[] {4, 5, 6})
        };
    }
}
