package io.visionops.updater.internal.trust;

import io.visionops.support.WholeFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.metadata.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of what is trusted. None of them is needed to go on: what is damaged counts as not
 * there. One writer of a file at a time, which {@link UpdateRepository} sees to.
 */
final class TrustFolder {

    private static final Logger LOG = LoggerFactory.getLogger(TrustFolder.class);
    private static final String STATE = "state.json";
    private static final String STATE_COPY = "state.copy.json";
    private static final int MOST_STATE = 1024 * 1024;

    private final Path folder;

    /** Names and words that were logged, so that they are once and not at each look. */
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    TrustFolder(Path folder) {
        this.folder = folder;
    }

    /** The bytes that are kept under this name, which may be damaged; at most that many. */
    Optional<byte[]> read(String name, int most) {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            byte[] bytes = in.readNBytes(most + 1);
            said.remove(name);
            return bytes.length > most ? Optional.empty() : Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (said.add(name)) {
                LOG.warn(
                        "{} cannot be read, as if it were not there: {}",
                        folder.resolve(name),
                        e.toString());
            }
            return Optional.empty();
        }
    }

    /** Likewise, of a role. */
    Optional<byte[]> metadata(Role role) {
        return read(role.word() + ".json", role.mostBytes());
    }

    void keep(Role role, byte[] bytes) throws RepositoryException {
        keep(role.word() + ".json", bytes);
    }

    /** Writes it, unless it is there as it is. */
    void keep(String name, byte[] bytes) throws RepositoryException {
        if (read(name, bytes.length).filter(there -> Arrays.equals(there, bytes)).isPresent()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            WholeFile.write(folder.resolve(name), bytes, WholeFile.OWNER_ONLY);
        } catch (IOException e) {
            throw new RepositoryException(
                    Reason.LOCAL, folder.resolve(name) + " cannot be written: " + e, e);
        }
    }

    /**
     * Of two copies what both know, so that one may be damaged. With none of them, what was there
     * is not known: all begins with the pinned root.
     */
    TrustState state() {
        Optional<TrustState> first = state(STATE);
        Optional<TrustState> second = state(STATE_COPY);
        String damaged = damaged(first.isPresent(), second.isPresent());
        if (damaged.isEmpty()) {
            said.removeIf(words -> words.contains(" "));
        } else if (said.add(damaged)) {
            LOG.warn("{}: {}", folder, damaged);
        }
        return first.orElse(TrustState.NOTHING).max(second.orElse(TrustState.NOTHING));
    }

    private String damaged(boolean first, boolean second) {
        if (first && second) {
            return "";
        }
        if (first || second) {
            return (first ? STATE_COPY : STATE) + " was damaged or is away, the other copy is used";
        }
        return Files.exists(folder.resolve(STATE)) || Files.exists(folder.resolve(STATE_COPY))
                ? "both copies of the state are damaged, floors begin anew"
                : "";
    }

    void keep(TrustState state) throws RepositoryException {
        byte[] bytes = StateJson.bytes(state);
        keep(STATE, bytes);
        keep(STATE_COPY, bytes);
    }

    private Optional<TrustState> state(String name) {
        return read(name, MOST_STATE).flatMap(StateJson::read);
    }
}
