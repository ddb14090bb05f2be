package io.visionops.updater.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.visionops.support.Sha256;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {

    private static final byte[] CONTENT = content();
    private static final ReleaseFile FILE =
            new ReleaseFile(CONTENT.length, Sha256.hex(CONTENT), false);

    @TempDir private Path folder;

    private Path kept;
    private Path staging;
    private FileSource source;

    private static byte[] content() {
        byte[] content = new byte[600_000];
        Arrays.fill(content, (byte) 7);
        return content;
    }

    @BeforeEach
    void publish() throws IOException {
        Path repository = folder.resolve("repository");
        kept = repository.resolve("targets").resolve(FILE.sha256());
        Files.createDirectories(kept.getParent());
        Files.write(kept, CONTENT);
        staging = Files.createDirectory(folder.resolve("staging"));
        Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwx------"));
        source = new FileSource(repository);
    }

    @Test
    void aFileIsCopiedWithItsProgress() throws Exception {
        List<Long> told = new ArrayList<>();

        source.file(FILE, target(), (done, of) -> told.add(done));

        assertThat(target()).hasBinaryContent(CONTENT);
        assertThat(told).isSorted().last().isEqualTo(600_000L);
        assertThat(staging).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileOfNothingIsAFile() throws Exception {
        ReleaseFile empty = new ReleaseFile(0, Sha256.hex(new byte[0]), false);
        Files.write(kept.resolveSibling(empty.sha256()), new byte[0]);

        source.file(empty, target(), Source.Progress.NONE);

        assertThat(target()).isEmptyFile();
    }

    @Test
    void otherBytesAreRefused() throws Exception {
        Files.write(kept, new byte[600_000]);

        assertThat(refused()).isEqualTo(Reason.DAMAGED);
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void aLongerFileIsRefusedWithoutReadingItToItsEnd() throws Exception {
        Files.write(kept, Arrays.copyOf(CONTENT, 600_001));

        assertThat(refused()).isEqualTo(Reason.TOO_LARGE);
        assertThat(target()).doesNotExist();
    }

    @Test
    void aShorterFileIsRefused() throws Exception {
        Files.write(kept, Arrays.copyOf(CONTENT, 599_999));

        assertThat(refused()).isEqualTo(Reason.DAMAGED);
        assertThat(staging).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, 1L << 32, 1L << 33, 9_007_199_254_140_991L})
    void aLengthIsNotCutToThirtyTwoBits(long more) {
        ReleaseFile large = new ReleaseFile(more + CONTENT.length, FILE.sha256(), false);

        RepositoryException refusal =
                catchThrowableOfType(
                        RepositoryException.class,
                        () -> source.file(large, target(), Source.Progress.NONE));

        assertThat(refusal.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(target()).doesNotExist();
    }

    @Test
    void aFileThatIsNotThereIsMissing() throws Exception {
        Files.delete(kept);

        assertThat(refused()).isEqualTo(Reason.MISSING);
    }

    @Test
    void aFolderThatIsNotThereIsUnreachable() {
        source = new FileSource(folder.resolve("stick"));

        assertThat(refused()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aFolderInThePlaceOfAFileIsRefused() throws Exception {
        Files.delete(kept);
        Files.createDirectory(kept);

        assertThat(refused()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void metadataAboveItsLimitIsRefused() throws Exception {
        Files.write(folder.resolve("repository/timestamp.json"), new byte[101]);

        RepositoryException refusal =
                catchThrowableOfType(
                        RepositoryException.class, () -> source.metadata("timestamp.json", 100));

        assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void aFolderInWhichOthersMayWriteIsRefused() throws Exception {
        Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwxrwx---"));

        assertThat(refused()).isEqualTo(Reason.LOCAL);
    }

    @Test
    void aFileThatIsThereAlreadyIsNotReplaced() throws Exception {
        Files.write(target(), new byte[] {1});

        assertThat(refused()).isEqualTo(Reason.LOCAL);
        assertThat(target()).hasBinaryContent(new byte[] {1});
    }

    @Test
    void aLinkInThePlaceOfThePartIsNotFollowed() throws Exception {
        Path victim = Files.write(folder.resolve("passwords"), new byte[] {1});
        Files.createSymbolicLink(staging.resolve("file.part"), victim);

        source.file(FILE, target(), Source.Progress.NONE);

        assertThat(victim).hasBinaryContent(new byte[] {1});
        assertThat(target()).hasBinaryContent(CONTENT).isRegularFile();
    }

    @Test
    void aLinkInThePlaceOfTheFileIsNotFollowed() throws Exception {
        Path victim = folder.resolve("not-there");
        Files.createSymbolicLink(target(), victim);

        assertThat(refused()).isEqualTo(Reason.LOCAL);
        assertThat(victim).doesNotExist();
    }

    @Test
    void aSwapOfTheSourceWhileItIsReadIsFound() throws Exception {
        Source.Progress swap =
                (done, of) -> {
                    if (done < 300_000) {
                        byte[] swapped = CONTENT.clone();
                        swapped[599_000] = 1;
                        write(kept, swapped);
                    }
                };

        RepositoryException refusal =
                catchThrowableOfType(
                        RepositoryException.class, () -> source.file(FILE, target(), swap));

        assertThat(refusal.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(target()).doesNotExist();
    }

    @Test
    void anInterruptionLeavesAPartThatIsGoneOnWith() throws Exception {
        Source.Progress stop = (done, of) -> Thread.currentThread().interrupt();
        RepositoryException refusal =
                catchThrowableOfType(
                        RepositoryException.class, () -> source.file(FILE, target(), stop));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(refusal.reason()).isEqualTo(Reason.CANCELLED);

        List<Long> told = new ArrayList<>();
        source.file(FILE, target(), (done, of) -> told.add(done));

        assertThat(target()).hasBinaryContent(CONTENT);
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path target() {
        return staging.resolve("file");
    }

    private Reason refused() {
        RepositoryException refusal =
                catchThrowableOfType(
                        RepositoryException.class,
                        () -> source.file(FILE, target(), Source.Progress.NONE));
        assertThat(refusal).isNotNull();
        return refusal.reason();
    }
}
