package io.visionops.backup.internal.destination;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.support.WholeFile;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups and, in {@code index.json} beside them, what is known of each. A backup that was copied
 * here from elsewhere is listed too, as one that is not proven. Thread-safe.
 */
public final class TargetFolder {

    private static final Logger LOG = LoggerFactory.getLogger(TargetFolder.class);

    private static final String ENDING = ".vbk";
    private static final String INDEX = "index.json";
    private static final Pattern NAME =
            Pattern.compile("visionops-(\\d{8}T\\d{6}Z)-(full|increment)\\.vbk");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path folder;
    private final ObjectMapper json = HandoverJson.mapper();

    public TargetFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The name of a backup made at that time.
     *
     * @param kind {@code full} or {@code increment}
     */
    public static String id(Instant time, String kind) {
        return "visionops-" + TIME.format(time) + "-" + kind;
    }

    public Path folder() {
        return folder;
    }

    /** Can a backup have that name? */
    public static boolean isId(String id) {
        return isFileName(fileName(id));
    }

    /** Can the file of a backup have that name? */
    public static boolean isFileName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The name of its file. */
    public static String fileName(String id) {
        return id + ENDING;
    }

    /** The file of that backup; it need not be there. */
    public Path file(String id) {
        return folder.resolve(fileName(id));
    }

    /** Newest first; none while there is no folder. */
    public synchronized List<BackupInfo> list() throws BackupException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Map<String, Proof> proofs = proofs();
        List<BackupInfo> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                info(file, proofs).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new BackupException("the folder " + folder + " cannot be read: " + words(e), e);
        }
        found.sort(Comparator.comparing(BackupInfo::time).reversed());
        return found;
    }

    private static Optional<BackupInfo> info(Path file, Map<String, Proof> proofs)
            throws IOException {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        String id = file.getFileName().toString().replace(ENDING, "");
        Proof proof = proofs.getOrDefault(id, new Proof("", 0, Optional.empty(), ""));
        try {
            return Optional.of(
                    new BackupInfo(
                            id,
                            name.group(2),
                            TIME.parse(name.group(1), Instant::from),
                            Files.size(file),
                            proof.databaseBytes(),
                            proof.proven(),
                            proof.trouble(),
                            file.toString()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Keeps what is known of a backup. */
    public synchronized void put(String id, Proof proof) throws IOException {
        Map<String, Proof> proofs = proofs();
        proofs.keySet().removeIf(one -> !Files.exists(file(one)));
        proofs.put(id, proof);
        WholeFile.write(folder.resolve(INDEX), json.writeValueAsBytes(proofs), true);
    }

    /** What is known of a backup. */
    public synchronized Optional<Proof> proof(String id) {
        return Optional.ofNullable(proofs().get(id));
    }

    /** Removes a backup; what is known of it goes with the next change. */
    public synchronized void remove(String id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    /** Removes what a crash has left half written. */
    public synchronized void removeParts() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDING + ".part")
                        && NAME.matcher(name.replace(".part", "")).matches()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("parts of backups stay in {}: {}", folder, words(e));
        }
    }

    private Map<String, Proof> proofs() {
        Path index = folder.resolve(INDEX);
        if (!Files.exists(index)) {
            return new TreeMap<>();
        }
        try {
            return json.readValue(index.toFile(), new TypeReference<TreeMap<String, Proof>>() {});
        } catch (IOException e) {
            // Nothing but which of them are proven is lost by that.
            LOG.warn("{} is not read: {}", index, words(e));
            return new TreeMap<>();
        }
    }

    private static String words(IOException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }
}
