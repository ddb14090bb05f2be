package io.visionops.ingest.internal.tamper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceViewStoreTest {

    @TempDir private Path folder;

    private static ReferenceView usual() {
        Random random = new Random(3);
        EdgeMap directions = new EdgeMap(80, 45);
        for (int i = 0; i < directions.even().length; i++) {
            directions.even()[i] = 2 * random.nextFloat() - 1;
            directions.odd()[i] = 2 * random.nextFloat() - 1;
        }
        return new ReferenceView(directions, 0.25, 0.6, 41);
    }

    @Test
    void whatIsSavedIsLoaded() throws IOException {
        ReferenceViewStore views = new ReferenceViewStore(folder.resolve("ingest"));

        views.save("front", "rtsp://cam/1", usual());

        ReferenceView loaded =
                new ReferenceViewStore(folder.resolve("ingest"))
                        .load("front", "rtsp://cam/1")
                        .get();
        assertThat(loaded.sharpness()).isEqualTo(0.25);
        assertThat(loaded.steps()).isEqualTo(0.6);
        assertThat(loaded.contrast()).isEqualTo(41);
        assertThat(loaded.directions().columns()).isEqualTo(80);
        assertThat(loaded.directions().odd())
                .containsExactly(usual().directions().odd(), within(0.01f));
        assertThat(Files.size(folder.resolve("ingest/front.view"))).isLessThan(8_000);
        assertThat(list("ingest")).containsExactly("front.view");
    }

    @Test
    void theViewOfAnotherSourceIsNotBelieved() throws IOException {
        ReferenceViewStore views = new ReferenceViewStore(folder);
        views.save("front", "rtsp://cam/1", usual());

        assertThat(views.load("front", "rtsp://cam/2")).isEmpty();
        assertThat(views.load("back", "rtsp://cam/1")).isEmpty();
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() throws IOException {
        ReferenceViewStore views = new ReferenceViewStore(folder);
        views.save("front", "x", usual());
        Path file = folder.resolve("front.view");
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(4);

        for (int i = 0; i < 200; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            assertThat(views.load("front", "x")).isEmpty();
        }
        for (int length = 0; length < good.length; length += 101) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            assertThat(views.load("front", "x")).isEmpty();
        }
        Files.write(file, new byte[2 << 20]);
        assertThat(views.load("front", "x")).isEmpty();
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldFileAndNothingElse() throws IOException {
        ReferenceViewStore views = new ReferenceViewStore(folder);
        Files.createDirectories(folder.resolve("front.view/not-empty"));

        assertThatThrownBy(() -> views.save("front", "x", usual())).isInstanceOf(IOException.class);

        assertThat(list(".")).containsExactly("front.view");
    }

    @Test
    void theViewOfACameraThatIsGoneIsForgotten() throws IOException {
        ReferenceViewStore views = new ReferenceViewStore(folder);
        views.save("front", "x", usual());

        views.forget("front");
        views.forget("front");

        assertThat(list(".")).isEmpty();
    }

    private Stream<String> list(String where) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(where))) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
