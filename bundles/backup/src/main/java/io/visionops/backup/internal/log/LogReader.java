package io.visionops.backup.internal.log;

import io.visionops.api.log.LogLine;
import io.visionops.api.log.LogPage;
import io.visionops.api.log.LogQuery;
import io.visionops.api.log.LogTail;
import io.visionops.api.log.Logs;
import io.visionops.api.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the files of the event log from the newest line on. Thread-safe. */
public final class LogReader implements Logs {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** A clock that is set back leaves lines out of order by as much. */
    private static final Duration OUT_OF_ORDER = Duration.ofHours(1);

    private final LogFolder folder;
    private final Ticker ticker;

    public LogReader(Path folder, Ticker ticker) {
        this.folder = new LogFolder(folder);
        this.ticker = ticker;
    }

    /** Goes on until there are enough, they are too old, or time is up. */
    private final class Search {
        private final LogQuery query;
        private final LineFilter filter;
        private final Optional<Instant> oldest;
        private final long deadline = ticker.nanos() + PATIENCE.toNanos();
        private final List<LogLine> found = new ArrayList<>();
        private boolean over;
        private boolean complete = true;

        Search(LogQuery query) {
            this.query = query;
            this.filter = new LineFilter(query);
            this.oldest = query.from().map(from -> from.minus(OUT_OF_ORDER));
        }

        void file(BackwardLines lines) throws IOException {
            String text = lines.next();
            while (!over && text != null) {
                LineFilter.read(text).ifPresent(this::line);
                if (ticker.nanos() - deadline > 0) {
                    complete = false;
                    over = true;
                }
                text = lines.next();
            }
        }

        private void line(LogLine line) {
            if (oldest.filter(line.time()::isBefore).isPresent()) {
                over = true;
            } else if (filter.matches(line)) {
                found.add(line);
                over = found.size() >= query.limit();
            }
        }

        LogPage page() {
            Collections.reverse(found);
            return new LogPage(found, complete);
        }
    }

    @Override
    public LogPage read(LogQuery query) throws IOException {
        Search search = new Search(query);
        // It may be renamed from now on; the key tells which of the others it has become.
        Object key = readCurrent(search);
        for (Path file : folder.earlier()) {
            if (search.over) {
                break;
            }
            if (key == null || !Objects.equals(key, LogFolder.key(file))) {
                readEarlier(search, file);
            }
        }
        return search.page();
    }

    private @Nullable Object readCurrent(Search search) throws IOException {
        Path current = folder.current();
        Object key = LogFolder.key(current);
        try (BackwardLines lines = new BackwardLines(current)) {
            search.file(lines);
        } catch (NoSuchFileException none) {
            return null;
        }
        return key;
    }

    private static void readEarlier(Search search, Path file) throws IOException {
        Optional<Instant> oldest = search.oldest;
        try {
            // Nothing younger is in it, and nothing older is in those before it.
            if (oldest.isPresent()
                    && Files.getLastModifiedTime(file).toInstant().isBefore(oldest.get())) {
                search.over = true;
                return;
            }
            try (BackwardLines lines = new BackwardLines(file)) {
                search.file(lines);
            }
        } catch (NoSuchFileException gone) {
            // It was deleted because of its age, and so are those before it.
            search.over = true;
        }
    }

    @Override
    public LogTail follow(LogQuery query) throws IOException {
        return new FileTail(folder, new LineFilter(query));
    }
}
