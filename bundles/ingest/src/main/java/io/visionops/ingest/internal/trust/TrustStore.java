package io.visionops.ingest.internal.trust;

import io.visionops.api.camera.LoginScheme;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What cameras showed at their first success, on disk: one file for each camera, with a line and a
 * certificate for each of its addresses, so that ffmpeg can take the file for its authorities. A
 * file that is damaged is as good as none (ADR 48). Thread-safe.
 */
public final class TrustStore {

    private static final Logger LOG = LoggerFactory.getLogger(TrustStore.class);

    private static final int LARGEST = 1 << 20;
    private static final String SUFFIX = ".trust";
    private static final String ENTRY = "address ";
    private static final String CHECK = "check ";

    private final Path folder;

    public TrustStore(Path folder) {
        this.folder = folder;
    }

    /**
     * By endpoint.
     *
     * @throws IOException when it cannot be read now, whatever is in it
     */
    synchronized Map<String, Shown> load(String camera) throws IOException {
        String text;
        try {
            Path file = file(camera);
            if (Files.size(file) > LARGEST) {
                return damaged(camera, "too large");
            }
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        int end = text.lastIndexOf(CHECK);
        if (end < 0 || !text.substring(end).equals(check(text.substring(0, end)))) {
            return damaged(camera, "damaged");
        }
        try {
            return parsed(text.substring(0, end));
        } catch (IOException | IllegalArgumentException e) {
            return damaged(camera, e.toString());
        }
    }

    private static Map<String, Shown> damaged(String camera, String how) {
        LOG.warn(
                "camera {}: what is remembered of its login and certificate is lost ({}): what it"
                        + " shows next is remembered",
                camera,
                how);
        return Map.of();
    }

    private static Map<String, Shown> parsed(String text) throws IOException {
        Map<String, Shown> entries = new TreeMap<>();
        for (String entry : text.split("(?m)^" + ENTRY)) {
            if (entry.isBlank()) {
                continue;
            }
            String[] lines = entry.split("\n", 2);
            String[] words = lines[0].split(" ");
            if (words.length != 2) {
                throw new IOException("of another version");
            }
            String pem = lines.length < 2 ? "" : lines[1];
            entries.put(
                    words[0],
                    new Shown(
                            LoginScheme.valueOf(words[1]),
                            pem.isBlank()
                                    ? Optional.empty()
                                    : Optional.of(Certificates.parse(pem))));
        }
        return entries;
    }

    /**
     * Remembers it, in the place of what was.
     *
     * @param all endpoints that the camera has; what is known of others is forgotten
     * @throws IOException when it cannot be written; what was stays
     */
    synchronized void put(String camera, String endpoint, Shown shown, Set<String> all)
            throws IOException {
        Map<String, Shown> entries = new TreeMap<>(load(camera));
        entries.keySet().retainAll(all);
        entries.put(endpoint, shown);
        List<String> text = new ArrayList<>();
        for (Map.Entry<String, Shown> one : entries.entrySet()) {
            text.add(ENTRY + one.getKey() + " " + one.getValue().login().name() + "\n");
            if (one.getValue().certificate().isPresent()) {
                text.add(Certificates.pem(one.getValue().certificate().get()));
            }
        }
        String whole = String.join("", text);
        Files.createDirectories(folder);
        WholeFile.write(
                file(camera), (whole + check(whole)).getBytes(StandardCharsets.ISO_8859_1), true);
    }

    private static String check(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return CHECK + Long.toHexString(sum.getValue()) + "\n";
    }

    /** A camera that is gone leaves nothing; another one of its name is another one. */
    public synchronized void forget(String camera) {
        try {
            Files.deleteIfExists(file(camera));
        } catch (IOException e) {
            LOG.warn(
                    "camera {}: what is remembered of its login cannot be removed: {}",
                    camera,
                    e.toString());
        }
    }

    Path file(String camera) {
        return folder.resolve(camera + SUFFIX);
    }
}
