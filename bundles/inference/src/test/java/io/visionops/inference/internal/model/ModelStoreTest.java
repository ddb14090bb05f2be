package io.visionops.inference.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

    @TempDir Path folder;

    private ModelStore store;

    @BeforeEach
    void open() {
        store = TinyModels.store(folder, new Catalogue(List.of()));
    }

    @Test
    void whatWasTakenInIsLoadedAgainWithItsRecord() throws Exception {
        LoadedModel taken = TinyModels.installed(store, "shop");
        taken.model().close();

        LoadedModel loaded = store.load("shop");
        loaded.model().close();

        assertThat(loaded.record()).isEqualTo(taken.record());
        assertThat(loaded.record().quality()).isEqualTo(50);
        assertThat(loaded.record().licence()).isEqualTo("unknown");
    }

    @Test
    void whatDoesNotWorkIsRefusedAndLeavesWhatIsThere() throws Exception {
        TinyModels.installed(store, "shop").model().close();

        assertThatThrownBy(() -> store.place("shop", part -> Files.writeString(part, "no model")))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model shop is refused: ");

        store.load("shop").model().close();
        assertThat(store.names()).containsExactly("shop");
    }

    @Test
    void whatCannotBeFilledIsRefusedAndLeavesNothing() {
        assertThatThrownBy(
                        () ->
                                store.place(
                                        "shop",
                                        part -> {
                                            throw new IOException("no space left");
                                        }))
                .isInstanceOf(ModelException.class)
                .hasMessage("model shop cannot be written: IOException: no space left");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatHasChangedIsNotLoaded() throws Exception {
        TinyModels.installed(store, "shop").model().close();
        Files.write(folder.resolve("shop.onnx"), new byte[1], StandardOpenOption.APPEND);

        assertThatThrownBy(() -> store.load("shop"))
                .isInstanceOf(ModelException.class)
                .hasMessage("the file is damaged: install it again");
    }

    @Test
    void theBestComesFirstAndLeftoversAreClearedAway() throws Exception {
        TinyModels.installed(store, "a").model().close();
        TinyModels.installed(store, "b").model().close();
        Path record = folder.resolve("b.properties");
        String better = Files.readString(record).replace("quality=50", "quality=60");
        Files.write(record, better.getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(folder.resolve("by-hand.onnx"), "no record");
        Path leftover = Files.writeString(folder.resolve("c123.part"), "half");

        assertThat(store.names()).containsExactly("b", "a", "by-hand");
        assertThat(leftover).doesNotExist();
    }
}
