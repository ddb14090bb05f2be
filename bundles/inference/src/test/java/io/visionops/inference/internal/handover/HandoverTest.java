package io.visionops.inference.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Fact;
import io.visionops.inference.internal.count.CounterState;
import io.visionops.inference.internal.detector.DetectorState;
import io.visionops.inference.internal.track.TrackerState;
import io.visionops.support.journal.Unwritten;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private final ManualClock clock = new ManualClock(NOW);
    private final CameraMemory memory =
            new CameraMemory(
                    7,
                    NOW.minusNanos(1),
                    new TrackerState(TrackerState.VERSION, 42, List.of()),
                    new CounterState(CounterState.VERSION, List.of(), List.of("yard"), List.of()),
                    "motion",
                    true);
    private final Handover.Contents contents =
            new Handover.Contents(
                    Map.of("front", memory),
                    Map.of("front", new DetectorState("motion", new byte[] {1, 2, 3})));
    private final List<Unwritten> former = new ArrayList<>();

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

        Handover.Contents read = handover.take(former::addAll);

        assertThat(read.memories()).isEqualTo(contents.memories());
        assertThat(read.learned()).usingRecursiveComparison().isEqualTo(contents.learned());
        assertThat(handover.take(former::addAll).memories()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void afterLongNothingOfItCounts() {
        handover.leave(contents);
        clock.advance(Duration.ofSeconds(61));

        Handover.Contents read = handover.take(former::addAll);

        assertThat(read.memories()).isEmpty();
        assertThat(read.learned()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatCannotBeReadIsKeptForAPersonAndDoesNotHoldUpTheStart() throws IOException {
        Files.createDirectories(folder);
        for (String text :
                List.of("", "{", "null", "{\"version\":2", "{\"version\":0}", "{\"version\":1}")) {
            Files.writeString(folder.resolve("handover.json"), text);

            assertThat(handover.take(former::addAll).memories()).isEmpty();

            assertThat(folder.resolve("handover.json")).doesNotExist();
            assertThat(folder.resolve("handover.unreadable")).hasContent(text);
        }
    }

    @Test
    void aDocumentOfAnotherVersionIsKeptUntilThatOneReturnsAndGoesOnFromItOnce() {
        Handover two = new Handover(folder, clock, 2);
        two.leave(contents);

        assertThat(handover.take(former::addAll).memories()).isEmpty();
        assertThat(folder.resolve("handover.json.v2")).exists();
        assertThat(folder.resolve("handover.unreadable")).doesNotExist();
        handover.leave(new Handover.Contents(Map.of("back", memory), Map.of()));

        Handover.Contents read = two.take(former::addAll);
        assertThat(read.memories()).isEqualTo(contents.memories());
        assertThat(read.learned()).usingRecursiveComparison().isEqualTo(contents.learned());
        assertThat(two.take(former::addAll).memories()).isEmpty();
        assertThat(handover.take(former::addAll).memories()).containsOnlyKeys("back");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void withoutAFolderNothingIsLeft() {
        Handover none = new Handover(null, clock);

        none.leave(contents);

        assertThat(none.take(former::addAll).memories()).isEmpty();
    }

    @Test
    void aDiskThatTakesNothingDoesNotHoldUpTheStop() throws IOException {
        Files.writeString(folder, "a file where the folder should be");

        handover.leave(contents);

        assertThat(handover.take(former::addAll).memories()).isEmpty();
    }

    /** An earlier version left them in the same document. */
    @Test
    void entriesOfAnEarlierVersionAreKeptElsewhereBeforeTheDocumentGoes() throws IOException {
        handover.leave(contents);
        Path file = folder.resolve("handover.json");
        String entry =
                "{\"camera\":\"front\",\"entry\":{\"id\":\"00000000-0000-0003-0000-000000000004\","
                        + "\"event\":null,\"facts\":[{\"kind-of-fact\":\"watched\",\"camera\":"
                        + "\"front\",\"from\":\"2026-01-01T00:00:00Z\",\"length\":\"PT1S\"}]}}";
        String empty = "\"journal\":[]";
        assertThat(Files.readString(file)).contains(empty);
        Files.writeString(
                file, Files.readString(file).replace(empty, "\"journal\":[" + entry + "]"));
        List<Boolean> there = new ArrayList<>();

        handover.take(
                entries -> {
                    there.add(Files.exists(file));
                    former.addAll(entries);
                });

        assertThat(there).containsExactly(true);
        assertThat(former)
                .containsExactly(
                        new Unwritten(
                                "front",
                                Entry.of(
                                        new UUID(3, 4),
                                        new Fact.Watched(
                                                "front",
                                                Instant.parse("2026-01-01T00:00:00Z"),
                                                Duration.ofSeconds(1)))));
        assertThat(file).doesNotExist();
    }
}
