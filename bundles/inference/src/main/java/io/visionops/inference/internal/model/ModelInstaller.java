package io.visionops.inference.internal.model;

import io.visionops.api.model.ModelException;
import io.visionops.support.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * Brings a model into the store: one of the catalogue, which is fetched, or a file of the user's
 * own. Models are installed by one thread at a time.
 */
final class ModelInstaller {

    private static final int BUFFER = 1 << 16;

    private final ModelStore store;
    private final Catalogue catalogue;
    private final ModelFetcher fetcher;
    private final long mostBytes;

    /**
     * @param mostBytes how large a file of the user's own may be
     */
    ModelInstaller(ModelStore store, Catalogue catalogue, ModelFetcher fetcher, long mostBytes) {
        this.store = store;
        this.catalogue = catalogue;
        this.fetcher = fetcher;
        this.mostBytes = mostBytes;
    }

    /**
     * Installs a model in the place of one of that name.
     *
     * @param nameOrFile a name of the catalogue, a path or a {@code file:} URL
     * @throws ModelException with one line that says why not
     */
    LoadedModel install(String nameOrFile) throws ModelException {
        Optional<Catalogue.Entry> entry = catalogue.named(nameOrFile);
        if (entry.isPresent()) {
            return fetch(entry.get());
        }
        if (ModelStore.NAME.matcher(nameOrFile).matches()) {
            throw new ModelException(
                    "no model '"
                            + nameOrFile
                            + "' in the catalogue, which has "
                            + String.join(
                                    ", ",
                                    catalogue.entries().stream()
                                            .map(Catalogue.Entry::name)
                                            .toList())
                            + "; a model of your own is named by its .onnx file");
        }
        try {
            return take(Path.of(nameOrFile.replaceFirst("^file:(//)?", "")));
        } catch (InvalidPathException e) {
            throw new ModelException("'" + nameOrFile + "' is no name and no file", e);
        }
    }

    private LoadedModel fetch(Catalogue.Entry entry) throws ModelException {
        return store.place(
                entry.name(),
                part -> {
                    fetcher.fetch(entry.source(), part);
                    if (!Sha256.hex(part).equals(entry.sha256())) {
                        throw new ModelException(
                                entry.source()
                                        + " is not the file that the catalogue names: its SHA-256"
                                        + " differs");
                    }
                });
    }

    private LoadedModel take(Path file) throws ModelException {
        String fileName = String.valueOf(file.getFileName());
        if (!Files.exists(file)) {
            throw new ModelException("there is no file " + file.toAbsolutePath());
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelException(file + " is no file");
        }
        if (!fileName.toLowerCase(Locale.ROOT).endsWith(ModelStore.MODEL)) {
            throw new ModelException(file + " is no .onnx file");
        }
        String name = fileName.substring(0, fileName.length() - ModelStore.MODEL.length());
        if (!ModelStore.NAME.matcher(name).matches()) {
            throw new ModelException(
                    "the model's name is that of its file and may have 1 to 64 of a-z A-Z 0-9 _ -,"
                            + " not '"
                            + name
                            + "'");
        }
        if (name.equals("auto") || name.equals("motion")) {
            throw new ModelException("'" + name + "' means something else: rename the file");
        }
        return store.place(name, part -> copy(file, part));
    }

    private void copy(Path from, Path to) throws IOException, ModelException {
        try (FileChannel in = FileChannel.open(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
            // The size may be a lie, or change: what counts is what comes.
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long copied = 0;
            while (in.read(buffer) >= 0) {
                copied += buffer.position();
                if (copied > mostBytes) {
                    throw new ModelException(
                            from + " is larger than " + mostBytes / 1_000_000 + " MB");
                }
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                buffer.clear();
            }
        }
    }
}
