package io.visionops.inference.internal.handover;

import io.visionops.api.update.CanaryReport;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.support.journal.JournalFile;
import io.visionops.support.journal.Unwritten;
import io.visionops.support.meter.CountedTotals;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * The folder of this part, with all that its next start goes on from: memories of cameras, entries
 * that the journal has not acknowledged, and totals. Not thread-safe.
 */
public final class HandoverFolder {

    /** Where everything lies that changes; framework or system property. */
    private static final String DATA_PROPERTY = "visionops.data";

    private final Handover handover;
    private final @Nullable JournalFile unwritten;
    private final @Nullable Path totalsFile;

    /**
     * @param folder null where there is none: nothing is left then, and nothing is found
     */
    public HandoverFolder(@Nullable Path folder, Clock clock) {
        this.handover = new Handover(folder, clock);
        this.unwritten = folder == null ? null : new JournalFile(folder);
        this.totalsFile = folder == null ? null : folder.resolve("totals.properties");
    }

    /** Empty for a bundle on trial: another owns the folder, so that one leaves nothing. */
    public static Optional<Path> path(BundleContext context) {
        String canary = CanaryReport.PROPERTY + context.getBundle().getBundleId();
        if (context.getProperty(canary) != null) {
            return Optional.empty();
        }
        return Optional.ofNullable(context.getProperty(DATA_PROPERTY))
                .map(data -> Path.of(data, "inference"));
    }

    /** Where entries are put that the journal does not take; empty where nothing is left. */
    public Optional<JournalFile> unwritten() {
        return Optional.ofNullable(unwritten);
    }

    /** Goes on from what was left; to be called before there is anything new. */
    public void resume(JournalBuffer journal, AnalysisCheckpoints memories, CountedTotals totals) {
        if (totalsFile != null) {
            totals.resume(totalsFile);
        }
        List<Unwritten> former = new ArrayList<>();
        // Before the handover goes: its entries are nowhere else.
        Handover.Contents left =
                handover.take(
                        entries -> {
                            former.addAll(entries);
                            resume(journal, former);
                        });
        if (former.isEmpty()) {
            resume(journal, former);
        }
        memories.adopt(left.memories(), left.learned());
    }

    private void resume(JournalBuffer journal, List<Unwritten> former) {
        if (unwritten != null) {
            journal.resume(unwritten, former);
        }
    }

    /** Leaves everything; to be called after the last frame, so that what happens in it counts. */
    public void leave(JournalBuffer journal, AnalysisCheckpoints memories, CountedTotals totals) {
        if (unwritten != null) {
            journal.leave(unwritten);
        }
        if (totalsFile != null) {
            totals.leave(totalsFile);
        }
        handover.leave(new Handover.Contents(memories.all(), memories.allLearned()));
    }
}
