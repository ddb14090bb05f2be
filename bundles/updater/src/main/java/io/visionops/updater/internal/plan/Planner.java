package io.visionops.updater.internal.plan;

import io.visionops.api.update.UpdatePlan;
import io.visionops.api.update.UpdatePlan.BundleChange;
import io.visionops.updater.internal.generation.Contents;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says what a change from one program to another takes, before anything moves. */
public final class Planner {

    private static final String SAVED = "what all parts know, and a copy of the database";

    private Planner() {}

    /**
     * A program and its number.
     *
     * @param number 0 for the program as it was unpacked
     */
    public record Numbered(long number, Contents contents) {}

    /**
     * @param download bytes to be fetched
     * @param disk bytes that it needs
     */
    public static UpdatePlan plan(Numbered from, Numbered to, long download, long disk) {
        Set<String> changed = changed(from.contents(), to.contents());
        Level level = Level.of(changed, replaced(from.contents(), to.contents(), changed));
        return new UpdatePlan(
                from.number(),
                to.number(),
                to.contents().version(),
                level.number(),
                level.reason(),
                bundles(from.contents(), to.contents()),
                changed.size(),
                download,
                disk,
                level.number() == 1
                        ? "under a second; no camera is connected anew"
                        : "about ten seconds, while the program starts again",
                SAVED);
    }

    /** Paths of files that come, go or are others. */
    public static Set<String> changed(Contents from, Contents to) {
        Set<String> changed = new TreeSet<>(from.sums().keySet());
        changed.addAll(to.sums().keySet());
        changed.removeIf(
                path ->
                        from.sums()
                                .getOrDefault(path, "")
                                .equals(to.sums().getOrDefault(path, "")));
        return changed;
    }

    /**
     * Files of the same name with other contents. A bundle among them has kept its version, so that
     * the features service sees no change in it.
     */
    private static Set<String> replaced(Contents from, Contents to, Set<String> changed) {
        Set<String> replaced = new TreeSet<>(changed);
        replaced.retainAll(from.sums().keySet());
        replaced.retainAll(to.sums().keySet());
        return replaced;
    }

    private static List<BundleChange> bundles(Contents from, Contents to) {
        Set<String> names = new TreeSet<>(from.bundles().keySet());
        names.addAll(to.bundles().keySet());
        List<BundleChange> changes = new ArrayList<>();
        for (String name : names) {
            String before = from.bundles().getOrDefault(name, "");
            String after = to.bundles().getOrDefault(name, "");
            if (!before.equals(after)) {
                changes.add(new BundleChange(name, before, after));
            }
        }
        return changes;
    }
}
