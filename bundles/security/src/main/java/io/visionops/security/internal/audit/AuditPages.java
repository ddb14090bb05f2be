package io.visionops.security.internal.audit;

import io.visionops.api.audit.AuditPage;
import io.visionops.api.audit.AuditQuery;
import io.visionops.api.audit.AuditRecord;
import io.visionops.security.internal.audit.chain.Line;
import io.visionops.security.internal.audit.chain.LogFolder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Reads entries from the files of the log, the newest first. Thread-safe. */
final class AuditPages {

    private static final int MOST = 1_000;

    private final LogFolder folder;

    AuditPages(LogFolder folder) {
        this.folder = folder;
    }

    /**
     * @throws IllegalArgumentException with one line for the user when the query makes no sense
     */
    AuditPage read(AuditQuery query) throws IOException {
        if (query.limit() < 1 || query.limit() > MOST) {
            throw new IllegalArgumentException("a page has from 1 to " + MOST + " entries");
        }
        List<AuditRecord> found = new ArrayList<>();
        List<Path> segments = folder.segments();
        for (int i = segments.size() - 1; i >= 0 && found.size() <= query.limit(); i--) {
            Iterator<Line> newest = lines(segments.get(i)).descendingIterator();
            while (newest.hasNext() && found.size() <= query.limit()) {
                Line line = newest.next();
                if (matches(line, query)) {
                    found.add(record(line));
                }
            }
        }
        if (found.size() <= query.limit()) {
            return new AuditPage(found, OptionalLong.empty());
        }
        List<AuditRecord> page = found.subList(0, query.limit());
        return new AuditPage(page, OptionalLong.of(page.get(page.size() - 1).seq()));
    }

    private static Deque<Line> lines(Path segment) throws IOException {
        Deque<Line> lines = new ArrayDeque<>();
        try {
            LogFolder.read(
                    segment,
                    (bytes, from, to) -> {
                        Line.parse(bytes, from, to).ifPresent(lines::add);
                        return true;
                    });
        } catch (NoSuchFileException removed) {
            // By retention, meanwhile.
            return lines;
        }
        return lines;
    }

    private static boolean matches(Line line, AuditQuery query) {
        boolean asked =
                query.action().isPresent()
                        ? query.action().get().equals(line.action())
                        : line.kind() == Line.Kind.RECORD || line.kind() == Line.Kind.DAMAGE;
        return asked
                && (query.before().isEmpty() || line.seq() < query.before().getAsLong())
                && query.from().filter(from -> line.time().isBefore(from)).isEmpty()
                && query.to().filter(to -> !line.time().isBefore(to)).isEmpty()
                && query.actor().filter(actor -> !isOf(line, actor)).isEmpty();
    }

    private static boolean isOf(Line line, String actor) {
        return line.actor().equals(actor)
                || line.actor().substring(line.actor().indexOf('/') + 1).equals(actor);
    }

    private static AuditRecord record(Line line) {
        return new AuditRecord(
                line.seq(),
                line.epoch(),
                line.kind().name().toLowerCase(Locale.ROOT),
                line.time(),
                line.actor(),
                line.action(),
                line.object(),
                line.outcome(),
                line.detail());
    }
}
