package io.visionops.api.update;

import java.util.List;

/**
 * What an update changes, and how.
 *
 * @param from number of the release that is installed; 0 for the program as it was unpacked
 * @param level 1: bundles are swapped while cameras go on; 2: the program is started again
 * @param reason why it is of that level
 * @param bundles that change
 * @param files that change, bundles included
 * @param downloadBytes to be fetched
 * @param diskBytes needed on the disk of the data folder
 * @param gap what is not watched meanwhile, in words
 * @param saved what is saved first, in words
 */
public record UpdatePlan(
        long from,
        long to,
        String version,
        int level,
        String reason,
        List<BundleChange> bundles,
        int files,
        long downloadBytes,
        long diskBytes,
        String gap,
        String saved) {

    public UpdatePlan {
        bundles = List.copyOf(bundles);
    }

    /**
     * A bundle that changes.
     *
     * @param from version; empty for one that comes
     * @param to version; empty for one that goes
     */
    public record BundleChange(String bundle, String from, String to) {}
}
