package io.visionops.inference.internal.model;

import ai.onnxruntime.OrtEnvironment;
import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.onnx.OnnxModel;
import io.visionops.inference.internal.onnx.OnnxProbe;
import io.visionops.inference.internal.onnx.OnnxRuntime;
import io.visionops.inference.internal.onnx.format.OnnxFile;
import io.visionops.support.Sha256;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the installed models: each a file {@code NAME.onnx} with a record {@code
 * NAME.properties} beside it. What comes in is checked, tried and timed under a temporary name
 * first. Models are installed by one thread at a time, and none is loaded meanwhile; different ones
 * may be loaded at the same time.
 */
final class ModelStore {

    /** What a model's name may look like. */
    static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    /** A file of the user's own goes before those of the catalogue. */
    private static final int OWN_QUALITY = 50;

    /** How the file of a model ends. */
    static final String MODEL = ".onnx";

    private static final String RECORD = ".properties";
    private static final String PART = ".part";

    private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);

    private final Path folder;
    private final Path natives;
    private final Catalogue catalogue;
    private final Semaphore turns;

    /**
     * @param folder of the models; made when it is missing
     * @param natives folder for native libraries
     * @param catalogue says what is known of a file by its hash
     * @param turns calls that may be under way at a time, of all models together; fair
     */
    ModelStore(Path folder, Path natives, Catalogue catalogue, Semaphore turns) {
        this.folder = folder;
        this.natives = natives;
        this.catalogue = catalogue;
        this.turns = turns;
    }

    /**
     * The names of everything that lies there, loadable or not, the best first: cameras should not
     * change their detector more often than they must. Leftovers are cleared away.
     */
    List<String> names() throws IOException {
        Files.createDirectories(folder);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path path : files) {
                String file = path.getFileName().toString();
                if (file.endsWith(PART)) {
                    Files.deleteIfExists(path);
                } else if (file.endsWith(MODEL)) {
                    names.add(file.substring(0, file.length() - MODEL.length()));
                }
            }
        }
        Map<String, Integer> qualities = new HashMap<>();
        names.forEach(name -> qualities.put(name, quality(name)));
        names.sort(
                Comparator.<String>comparingInt(qualities::get)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()));
        return names;
    }

    private int quality(String name) {
        try {
            return ModelRecord.read(name, folder.resolve(name + RECORD)).quality();
        } catch (IOException | IllegalArgumentException e) {
            // Loading it says what is wrong.
            LOG.debug("no record of model {}", name, e);
            return -1;
        }
    }

    /**
     * Loads an installed model after comparing it with its record.
     *
     * @throws ModelException when it is not the file that was installed, or does not work any more
     */
    LoadedModel load(String name) throws ModelException {
        try {
            if (!NAME.matcher(name).matches()) {
                throw new ModelException("its name has other characters than a-z A-Z 0-9 _ -");
            }
            Path file = folder.resolve(name + MODEL);
            Path note = folder.resolve(name + RECORD);
            if (!Files.exists(note)) {
                throw new ModelException(
                        "it was put there by hand: use model-install " + file.toAbsolutePath());
            }
            ModelRecord record = ModelRecord.read(name, note);
            if (!Sha256.hex(file).equals(record.sha256())) {
                throw new ModelException("the file is damaged: install it again");
            }
            return new LoadedModel(record, open(name, file));
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelException("it cannot be read: " + e.getMessage(), e);
        }
    }

    /** What comes in. */
    @FunctionalInterface
    interface Source {
        void fill(Path part) throws IOException, ModelException;
    }

    /**
     * Takes a model in, in the place of one of that name.
     *
     * @param source fills a file of a temporary name
     * @throws ModelException with one line that says why not; what is there stays
     */
    LoadedModel place(String name, Source source) throws ModelException {
        Path part = null;
        try {
            Files.createDirectories(folder);
            part = Files.createTempFile(folder, name, PART);
            source.fill(part);
            LoadedModel loaded = tryOut(name, part);
            // A model and a record that do not fit are refused at the next start, never used.
            loaded.record().write(folder.resolve(name + RECORD));
            WholeFile.put(part, folder.resolve(name + MODEL));
            return loaded;
        } catch (IOException e) {
            throw new ModelException("model " + name + " cannot be written: " + words(e), e);
        } finally {
            delete(part);
        }
    }

    private LoadedModel tryOut(String name, Path part) throws ModelException, IOException {
        try {
            OnnxFile.check(part);
            OnnxModel model = open(name, part);
            try {
                Duration latency = OnnxProbe.latency(model);
                return new LoadedModel(record(name, Sha256.hex(part), model, latency), model);
            } catch (ModelException | IOException | RuntimeException e) {
                model.close();
                throw e;
            }
        } catch (ModelException e) {
            throw new ModelException("model " + name + " is refused: " + e.getMessage(), e);
        }
    }

    private ModelRecord record(String name, String hash, OnnxModel model, Duration latency) {
        Optional<Catalogue.Entry> known = catalogue.withHash(hash);
        return new ModelRecord(
                name,
                model.family(),
                known.map(Catalogue.Entry::licence).orElse("unknown"),
                known.map(entry -> entry.source().toString()),
                hash,
                model.width(),
                model.height(),
                latency,
                known.map(Catalogue.Entry::quality).orElse(OWN_QUALITY),
                known.map(Catalogue.Entry::tiles).orElse(0));
    }

    private OnnxModel open(String name, Path file) throws ModelException, IOException {
        OrtEnvironment environment = OnnxRuntime.start(natives);
        return OnnxModel.open(name, file, environment, turns);
    }

    private static void delete(@Nullable Path part) {
        if (part != null) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                LOG.warn("leftover {} cannot be removed: {}", part, e.toString());
            }
        }
    }

    private static String words(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
