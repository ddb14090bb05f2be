package io.visionops.inference.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.model.ModelException;
import io.visionops.api.time.Ticker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes a model, and what is refused before anything of it is looked at. */
class ModelInstallerTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Catalogue CATALOGUE =
            new Catalogue(
                    List.of(
                            entry("tiny", "http://127.0.0.1:1/tiny.onnx"),
                            entry("small", "http://127.0.0.1:1/small.onnx")));

    @TempDir Path folder;
    @TempDir Path elsewhere;

    private ModelStore store;

    @BeforeEach
    void open() {
        store = TinyModels.store(folder, CATALOGUE);
    }

    @Test
    void aFileBecomesAModelOfItsName() throws Exception {
        Path file = file("shop-2.onnx");

        LoadedModel loaded = installer(1_000_000).install("file:" + file);
        loaded.model().close();

        assertThat(loaded.record().name()).isEqualTo("shop-2");
        assertThat(store.names()).containsExactly("shop-2");
        assertThat(folder.resolve("shop-2.onnx")).hasSameBinaryContentAs(file);
    }

    @Test
    void aNameThatTheCatalogueDoesNotHaveIsRefusedWithThoseThatItHas() {
        assertRefused(
                "yolo12",
                "no model 'yolo12' in the catalogue, which has tiny, small; a model of your own is"
                        + " named by its .onnx file");
    }

    @Test
    void whatIsNoModelFileIsRefused() throws IOException {
        Path missing = elsewhere.resolve("missing.onnx");
        Path text = Files.writeString(elsewhere.resolve("notes.txt"), "no model");

        assertRefused(missing.toString(), "there is no file " + missing);
        assertRefused(elsewhere.toString(), elsewhere + " is no file");
        assertRefused(text.toString(), text + " is no .onnx file");
        assertRefused("\0.onnx", "'\0.onnx' is no name and no file");
    }

    @Test
    void aFileWhoseNameCannotBeAModelsIsRefused() throws IOException {
        assertRefused(
                file("my model.onnx").toString(),
                "the model's name is that of its file and may have 1 to 64 of a-z A-Z 0-9 _ -, not"
                        + " 'my model'");
        assertRefused(
                file("motion.onnx").toString(), "'motion' means something else: rename the file");
    }

    @Test
    void aFileThatIsTooLargeLeavesNothing() throws IOException {
        Path file = file("shop.onnx");

        assertThatThrownBy(() -> installer(100).install(file.toString()))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + " is larger than 0 MB");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aModelOfTheCatalogueThatCannotBeFetchedLeavesNothing() {
        assertThatThrownBy(() -> installer(1_000_000).install("tiny"))
                .isInstanceOf(ModelException.class)
                .hasMessageNotContaining("\n");
        assertThat(folder).isEmptyDirectory();
    }

    private void assertRefused(String given, String words) {
        assertThatThrownBy(() -> installer(1_000_000).install(given))
                .isInstanceOf(ModelException.class)
                .hasMessage(words);
        assertThat(folder).isEmptyDirectory();
    }

    private ModelInstaller installer(long mostBytes) {
        ModelFetcher fetcher = new ModelFetcher(LIMIT, LIMIT, mostBytes, Ticker.system());
        return new ModelInstaller(store, CATALOGUE, fetcher, mostBytes);
    }

    private Path file(String name) throws IOException {
        return Files.write(elsewhere.resolve(name), TinyModels.YOLOX);
    }

    private static Catalogue.Entry entry(String name, String source) {
        return new Catalogue.Entry(
                name, "yolox", "MIT", URI.create(source), "0".repeat(64), 128, 128, 33, 2);
    }
}
