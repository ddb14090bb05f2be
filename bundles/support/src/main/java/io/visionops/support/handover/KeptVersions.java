package io.visionops.support.handover;

import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files whose form only another version of the part knows: each is kept beside under a name with
 * its version, {@code handover.json.v3}, until a part of that version starts again. One file a
 * version, and a few versions. Not thread-safe.
 */
public final class KeptVersions {

    /** Of other versions than the one that runs. */
    static final int LIMIT = 3;

    private static final Logger LOG = LoggerFactory.getLogger(KeptVersions.class);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private final Path file;
    private final int known;

    /**
     * @param file as the part that runs calls it
     * @param known the version that it writes and reads
     */
    public KeptVersions(Path file, int known) {
        this.file = file.toAbsolutePath();
        this.known = known;
    }

    /**
     * Keeps the file, which is whole, for the return of the version that it names; on the disk when
     * this returns. One that was kept before of that version is older, and is replaced.
     *
     * @throws IOException when it cannot be kept; it lies where it was
     */
    public void keep(int version) throws IOException {
        Path kept = kept(version);
        WholeFile.put(file, kept);
        LOG.warn(
                "{} is of version {} and this part reads version {}: it is kept as {} until that"
                        + " version returns",
                file,
                version,
                known,
                kept.getFileName());
        forgetOldest(kept);
    }

    /** What is kept for the version that runs; may not be there. */
    public Path own() {
        return kept(known);
    }

    /**
     * Gives what is kept for the version that runs its own name again, in the place of what lies
     * there.
     *
     * @return false when there is none
     */
    public boolean takeBack() throws IOException {
        Path kept = own();
        if (!Files.exists(kept)) {
            return false;
        }
        WholeFile.put(kept, file);
        LOG.info("goes on from {}, which was kept while another version ran", kept);
        return true;
    }

    /** What is kept for the version that runs is of no more use. A failure is logged. */
    public void forgetOwn() {
        forget(own());
    }

    /** Nobody goes on from any of them. A failure is logged. */
    public void forgetAll() {
        all().forEach(KeptVersions::forget);
    }

    /** Keeps a file that is damaged for a person. */
    public void setAside() throws IOException {
        WholeFile.setAside(file, unreadable());
    }

    /** Where one that is damaged is kept: {@code handover.unreadable}. */
    public Path unreadable() {
        String name = name();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".unreadable");
    }

    private void forgetOldest(Path newest) {
        List<Path> others = all();
        others.remove(newest);
        others.remove(own());
        others.sort(Comparator.comparingLong((Path one) -> one.toFile().lastModified()));
        for (Path one : others.subList(0, Math.max(0, others.size() + 1 - LIMIT))) {
            LOG.warn("{} is removed: that many versions are not kept", one);
            forget(one);
        }
    }

    private static void forget(Path kept) {
        try {
            Files.deleteIfExists(kept);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", kept, e.toString());
        }
    }

    private List<Path> all() {
        List<Path> all = new ArrayList<>();
        String start = name() + ".v";
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return all;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path one : files) {
                String name = String.valueOf(one.getFileName());
                if (name.startsWith(start)
                        && NUMBER.matcher(name.substring(start.length())).matches()) {
                    all.add(one);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("what is kept beside {} cannot be found: {}", file, e.toString());
        }
        return all;
    }

    private Path kept(int version) {
        return file.resolveSibling(name() + ".v" + version);
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }
}
