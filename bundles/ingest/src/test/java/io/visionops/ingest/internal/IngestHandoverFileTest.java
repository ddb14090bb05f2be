package io.visionops.ingest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Fact;
import io.visionops.ingest.internal.coverage.CameraJournal;
import io.visionops.ingest.internal.incident.IncidentMonitor;
import io.visionops.ingest.internal.incident.IncidentsLeft;
import io.visionops.support.journal.JournalFile;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestHandoverFileTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00.123456789Z");

    @TempDir Path data;

    private Path file() {
        return data.resolve("ingest/handover.json");
    }

    private IngestHandoverFile legacy() {
        return new IngestHandoverFile(data.resolve("ingest"));
    }

    private static CameraJournal chronicle() {
        ManualClock clock = new ManualClock(T);
        return new CameraJournal(clock, clock, new Random());
    }

    private IngestHandover take() {
        return legacy().take(entries -> {});
    }

    /** One of each kind that cameras tell. */
    private static List<Entry> entries() {
        CameraJournal chronicle = chronicle();
        RecordingJournal journal = new RecordingJournal();
        chronicle.use(journal);
        Fault fault = new Fault(Cause.REFUSED, "\"no\"\nnext line");
        chronicle.state("front", T, CameraState.BACKOFF, Optional.of(fault), "");
        chronicle.alert("front", T, fault);
        chronicle.incident(T, "opened: 2 of 2 cameras");
        chronicle.fact(new Fact.Expected("front", T, false));
        chronicle.fact(Fact.Account.blind("front", "refused", T, Duration.ofNanos(7)));
        chronicle.fact(new Fact.Watched("clip", T, Duration.ofSeconds(3)));
        chronicle.fact(new Fact.Measured("front", Fact.Metric.BITS_PER_SECOND, T, 4e6, 10_000));
        return journal.entries();
    }

    private static Optional<IncidentMonitor.Left> causes() {
        return Optional.of(IncidentsLeft.ofTwoCameras(T));
    }

    @Test
    void everythingIsReadBackAsItWasOnce() {
        IngestHandover left = new IngestHandover(entries(), causes());
        assertThat(left.journal()).hasSize(7);

        legacy().leave(left);

        assertThat(take()).isEqualTo(left);
        assertThat(take()).isEqualTo(IngestHandover.NONE);
        assertThat(data.resolve("ingest")).isEmptyDirectory();
    }

    /** An earlier version left them here. */
    @Test
    void entriesAreKeptElsewhereBeforeTheFileGoes() {
        legacy().leave(new IngestHandover(entries(), causes()));
        List<Boolean> there = new ArrayList<>();
        CameraJournal chronicle = chronicle();
        JournalFile unwritten = new JournalFile(data.resolve("ingest"));

        legacy().take(
                        entries -> {
                            chronicle.resume(unwritten, entries);
                            there.add(Files.exists(file()));
                        });

        assertThat(there).containsExactly(true);
        assertThat(file()).doesNotExist();
        CameraJournal afterAKill = chronicle();
        afterAKill.resume(new JournalFile(data.resolve("ingest")), List.of());
        RecordingJournal journal = new RecordingJournal();
        afterAKill.use(journal);
        assertThat(journal.entries()).hasSize(7);
    }

    @Test
    void aFullChronicleFitsAndComesToTheJournalInOrderBeforeWhatIsNew() {
        CameraJournal before = chronicle();
        for (int i = 0; i < CameraJournal.CAPACITY; i++) {
            before.state("c" + i, T, CameraState.STREAMING, Optional.empty(), "");
        }
        before.leave(new JournalFile(data));

        CameraJournal after = chronicle();
        after.resume(new JournalFile(data), List.of());
        RecordingJournal journal = new RecordingJournal();
        after.use(journal);
        after.state("new", T, CameraState.STREAMING, Optional.empty(), "");

        assertThat(journal.events())
                .extracting(event -> event.camera())
                .hasSize(CameraJournal.CAPACITY + 1)
                .startsWith("c0", "c1")
                .endsWith("c999", "new");
    }

    @Test
    void whereNothingIsLeftNothingIsWritten() {
        legacy().leave(IngestHandover.NONE);

        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aFileThatIsCutOffAnywhereIsKeptForAPersonAndDoesNotHoldUpTheStart() throws IOException {
        legacy().leave(new IngestHandover(entries(), causes()));
        byte[] whole = Files.readAllBytes(file());

        for (int length = 0; length < whole.length; length += 97) {
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(file(), part);

            assertThat(take()).isEqualTo(IngestHandover.NONE);

            assertThat(file()).doesNotExist();
            assertThat(data.resolve("ingest/handover.unreadable")).hasBinaryContent(part);
        }
    }

    @Test
    void aDocumentOfAnotherFormOrWithoutSenseIsNotBelieved() throws IOException {
        Files.createDirectories(data.resolve("ingest"));
        for (String text :
                List.of(
                        "null",
                        "[]",
                        "{\"version\":1}",
                        "{\"version\":0,\"left\":{\"journal\":[]}}",
                        "{\"version\":2,\"left\":{\"journal\":[]",
                        "{\"version\":1,\"left\":{}}",
                        "{\"version\":1,\"left\":{\"journal\":[{\"facts\":[{}]}]}}")) {
            Files.writeString(file(), text, StandardCharsets.UTF_8);

            assertThat(take()).as(text).isEqualTo(IngestHandover.NONE);
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void aDocumentOfAnotherVersionIsKeptUntilThatOneReturnsAndGoesOnFromItOnce() {
        IngestHandoverFile two = new IngestHandoverFile(data.resolve("ingest"), 2);
        IngestHandover ofTwo = new IngestHandover(entries(), causes());
        IngestHandover ofOne = new IngestHandover(List.of(), causes());
        two.leave(ofTwo);

        assertThat(take()).isEqualTo(IngestHandover.NONE);
        assertThat(data.resolve("ingest/handover.unreadable")).doesNotExist();
        legacy().leave(ofOne);

        assertThat(two.take(entries -> {})).isEqualTo(ofTwo);
        assertThat(two.take(entries -> {})).isEqualTo(IngestHandover.NONE);
        assertThat(take()).isEqualTo(ofOne);
        assertThat(data.resolve("ingest")).isEmptyDirectory();
    }

    @Test
    void aHalfWrittenSuccessorLeavesTheFileAsItWas() throws IOException {
        IngestHandover left = new IngestHandover(entries(), causes());
        legacy().leave(left);

        Files.writeString(data.resolve("ingest/handover.json.new"), "{\"vers");

        assertThat(take()).isEqualTo(left);
    }

    @Test
    void aFolderThatCannotBeWrittenDoesNotHoldUpTheStop() throws IOException {
        Files.writeString(data.resolve("ingest"), "a file where the folder should be");

        legacy().leave(new IngestHandover(entries(), causes()));

        assertThat(take()).isEqualTo(IngestHandover.NONE);
    }

    /** Every write to it fails as on a disk without room; the file of before must not suffer. */
    @Test
    void aFullDiskLosesWhatIsNewAndSaysSo() throws IOException {
        IngestHandover first = new IngestHandover(entries(), Optional.empty());
        legacy().leave(first);
        Files.createSymbolicLink(data.resolve("ingest/handover.json.new"), Path.of("/dev/full"));

        legacy().leave(new IngestHandover(entries(), causes()));

        assertThat(take()).isEqualTo(first);
    }
}
