package io.visionops.support.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverDocumentTest {

    @TempDir Path data;

    private Path folder;
    private Path file;

    @BeforeEach
    void open() {
        folder = data.resolve("part");
        file = folder.resolve("handover.txt");
    }

    /** {@code 2 words}: the version, then what that version says. */
    private record Words(int known) implements HandoverDocument.Form<String> {

        @Override
        public int version(byte[] bytes) throws IOException {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (!text.endsWith(".")) {
                throw new IOException("it has no end");
            }
            return Integer.parseInt(text.split(" ", -1)[0]);
        }

        @Override
        public String read(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(text).startsWith(known + " ");
            return text.substring(2);
        }
    }

    private HandoverDocument<String> part(int version) {
        return new HandoverDocument<>(file, version, new Words(version));
    }

    private void leave(int version, String words) throws IOException {
        part(version).write((version + " " + words).getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void oneOfAnotherVersionIsKeptUntilThatOneReturnsAndIsReadOnce() throws IOException {
        leave(2, "of two.");

        assertThat(part(1).read()).isEmpty();
        assertThat(part(1).read()).isEmpty();
        leave(1, "of one.");
        assertThat(part(2).read()).contains("of two.");
        part(2).delete();

        assertThat(part(2).read()).isEmpty();
        assertThat(part(1).read()).contains("of one.");
    }

    @Test
    void oneThatReturnedStaysUntilItIsDeletedAsAnyOther() throws IOException {
        leave(2, "of two.");
        assertThat(part(1).read()).isEmpty();

        assertThat(part(2).read()).contains("of two.");

        assertThat(part(2).read()).contains("of two.");
        assertThat(folder.toFile().list()).containsExactly("handover.txt");
    }

    @Test
    void whatWasKeptIsOfNoMoreUseOnceItsVersionHasLeftAnother() throws IOException {
        leave(2, "old.");
        assertThat(part(1).read()).isEmpty();
        leave(2, "new.");

        assertThat(part(2).read()).contains("new.");
        part(2).delete();

        assertThat(part(2).read()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void oneThatIsDamagedIsKeptForAPersonAndTheOneThatWasKeptCounts() throws IOException {
        leave(2, "of two.");
        assertThat(part(1).read()).isEmpty();
        leave(2, "cut o");

        assertThat(part(2).read()).contains("of two.");

        assertThat(folder.resolve("handover.unreadable")).hasContent("2 cut o");
    }

    @Test
    void oneOfAnotherVersionThatIsDamagedIsKeptForAPerson() throws IOException {
        for (String text : List.of("", "2 of tw", "two words.", "-")) {
            Files.createDirectories(folder);
            Files.writeString(file, text);

            assertThat(part(1).read()).isEmpty();

            assertThat(folder.toFile().list()).containsExactly("handover.unreadable");
            assertThat(folder.resolve("handover.unreadable")).hasContent(text);
        }
    }

    @Test
    void whereNobodyGoesOnNothingStays() throws IOException {
        leave(2, "of two.");
        assertThat(part(1).read()).isEmpty();
        leave(1, "of one.");

        part(1).deleteAll();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void withoutAFolderThereIsNothing() {
        assertThat(part(1).read()).isEmpty();
        assertThatNoException().isThrownBy(() -> part(1).deleteAll());
    }
}
