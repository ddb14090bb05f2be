package io.visionops.inference.internal.model;

import io.visionops.inference.internal.onnx.TinyOnnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** Models that are loaded in no time and find nothing. */
final class TinyModels {

    private static final int CELLS = 16 * 16 + 8 * 8 + 4 * 4;

    static final byte[] YOLOX =
            new TinyOnnx()
                    .input("x", 1, 3, 128, 128)
                    .output("o", new float[CELLS * 85], 1, CELLS, 85)
                    .bytes();

    private TinyModels() {}

    static ModelStore store(Path folder, Catalogue catalogue) {
        Path natives = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));
        return new ModelStore(folder, natives, catalogue, new Semaphore(2, true));
    }

    static LoadedModel installed(ModelStore store, String name) throws Exception {
        return store.place(name, part -> Files.write(part, YOLOX));
    }
}
