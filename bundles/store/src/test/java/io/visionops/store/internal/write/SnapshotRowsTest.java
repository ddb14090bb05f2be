package io.visionops.store.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Event;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import io.visionops.store.internal.picture.PictureFolder;
import io.visionops.store.internal.picture.PictureKeys;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotRowsTest {

    private static final long MEGABYTE = 1L << 20;

    @TempDir Path folder;

    @Test
    void noPictureTakesTheLastHundredMegabytesOfTheDisk() throws Exception {
        assertThat(writtenWith(511 * MEGABYTE)).isEmpty();
        assertThat(writtenWith(513 * MEGABYTE)).hasSize(1);
    }

    private List<Path> writtenWith(long free) throws Exception {
        Path pictures = folder.resolve("pictures");
        WriteConnection unused = new WriteConnection(new Database(folder.resolve("test.db")));
        SnapshotRows rows =
                new SnapshotRows(
                        unused,
                        new RowDigest(),
                        new PictureFolder(pictures, PictureKeys.ofTheirOwn()),
                        () -> free);

        rows.stage(event(), new byte[] {1, 2, 3});

        List<Path> written = files(pictures);
        rows.discard();
        return written;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static Event event() {
        return new Event(
                UUID.randomUUID(),
                Event.Type.CAMERA_STATE,
                Subject.camera("front"),
                Severity.INFO,
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.empty(),
                0,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }
}
