package io.visionops.updater.internal.install;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.update.UpdateResult;
import io.visionops.support.WholeFile;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of updates, and which releases are not tried again by themselves: a file, since the
 * database may be what an update has spoilt. Thread-safe.
 */
public final class UpdateHistory {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateHistory.class);
    private static final int MOST = 100;

    private final Path file;
    private final ObjectMapper json = HandoverJson.mapper();

    /** Guarded by "this"; newest first. */
    private List<UpdateResult> results = List.of();

    /** Guarded by "this". */
    private Map<Long, String> refused = new TreeMap<>();

    private record Document(
            @Nullable List<UpdateResult> results, @Nullable Map<Long, String> refused) {}

    public UpdateHistory(Path folder) {
        file = folder.resolve("history.json");
    }

    /** Reads what there is; waits for the disk. */
    public synchronized void read() {
        try {
            Document document = json.readValue(Files.readAllBytes(file), Document.class);
            if (document.results() != null && document.refused() != null) {
                results = document.results();
                refused = new TreeMap<>(document.refused());
            }
        } catch (NoSuchFileException none) {
            results = List.of();
        } catch (IOException e) {
            LOG.warn("{} is not believed, updates begin a new history: {}", file, e.toString());
        }
    }

    public synchronized List<UpdateResult> results() {
        return List.copyOf(results);
    }

    /** Why a release is not tried again; empty for one that may be. */
    public synchronized Optional<String> refusal(long number) {
        return Optional.ofNullable(refused.get(number));
    }

    /**
     * Adds one.
     *
     * @param bad why the release is not to be tried again; empty when it may be
     */
    public synchronized void add(UpdateResult result, Optional<String> bad) {
        List<UpdateResult> all = new ArrayList<>(results);
        all.add(0, result);
        results = List.copyOf(all.subList(0, Math.min(MOST, all.size())));
        bad.ifPresent(reason -> refused.put(result.to(), reason));
        if (result.outcome().equals(UpdateOutcome.INSTALLED.word())) {
            // A try that failed before it began has proved nothing.
            refused.remove(result.to());
        }
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(file, json.writeValueAsBytes(new Document(results, refused)), true);
        } catch (IOException e) {
            LOG.error("{} cannot be written: {}", file, e.toString());
        }
    }
}
