package io.visionops.support.handover;

import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document that one life of a part leaves for the next. The next may be of another version, which
 * does not know its form: then it is kept until its own version returns ({@link KeptVersions}). One
 * that is damaged is kept as {@code NAME.unreadable}, for a person. Neither holds up the start. Not
 * thread-safe.
 */
public final class HandoverDocument<T> {

    private static final Logger LOG = LoggerFactory.getLogger(HandoverDocument.class);

    private final Path file;
    private final int known;
    private final Form<T> form;
    private final KeptVersions kept;

    /** How its bytes are understood. What they throw says that the document is damaged. */
    public interface Form<T> {

        /** The version that a document names, from 1 on; every version can tell it. */
        int version(byte[] bytes) throws IOException;

        /** A document of the version that is known. */
        T read(byte[] bytes) throws IOException;
    }

    /**
     * @param known the version that is written and read
     */
    public HandoverDocument(Path file, int known, Form<T> form) {
        this.file = file;
        this.known = known;
        this.form = form;
        this.kept = new KeptVersions(file, known);
    }

    /**
     * What was left for this version: by the life before, or by an earlier one, where others were
     * of other versions. Empty when there is none that is whole. It stays until it is deleted or
     * written over.
     */
    public Optional<T> read() {
        try {
            Optional<T> left = present();
            if (left.isPresent()) {
                // The part has gone on since that one was kept.
                kept.forgetOwn();
                return left;
            }
            return kept.takeBack() ? present() : Optional.empty();
        } catch (IOException e) {
            LOG.error("what the last run has left cannot be read: {}", e.toString());
            return Optional.empty();
        }
    }

    private Optional<T> present() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            LOG.debug("nothing was left", e);
            return Optional.empty();
        }
        int version;
        try {
            version = form.version(bytes);
            if (version == known) {
                return Optional.of(form.read(bytes));
            }
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "{} cannot be read and is kept as {}: {}",
                    file,
                    kept.unreadable().getFileName(),
                    firstLine(e));
            kept.setAside();
            return Optional.empty();
        }
        kept.keep(version);
        return Optional.empty();
    }

    /** Puts one in its place; the folder is made when it is needed. */
    public void write(byte[] bytes, boolean synced) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        WholeFile.write(file, bytes, synced);
    }

    /** This version goes on from it no more. A failure is logged. */
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.error("{} cannot be removed: {}", file, e.toString());
        }
    }

    /** Likewise, and no version does. */
    public void deleteAll() {
        delete();
        kept.forgetAll();
    }

    private static String firstLine(Exception e) {
        return e.toString().lines().findFirst().orElse("");
    }
}
