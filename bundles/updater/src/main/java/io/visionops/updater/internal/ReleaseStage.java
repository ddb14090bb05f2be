package io.visionops.updater.internal;

import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdatePlan;
import io.visionops.updater.internal.generation.Contents;
import io.visionops.updater.internal.generation.FeatureBundles;
import io.visionops.updater.internal.generation.Fetch;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.install.Progress;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.plan.Planner;
import io.visionops.updater.internal.plan.Planner.Numbered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Brings a release onto the disk, as a generation that is complete and does not run. */
final class ReleaseStage {

    /** Left free beyond what an update needs. */
    private static final long SPARE = 200_000_000;

    private static final String DEVICE = "unix:dev";

    private final Generations generations;
    private final Path folder;
    private final Releases releases;
    private final Progress progress;

    /**
     * @param folder {@code releases} of the data folder
     */
    ReleaseStage(Generations generations, Path folder, Releases releases, Progress progress) {
        this.generations = generations;
        this.folder = folder;
        this.releases = releases;
        this.progress = progress;
    }

    /**
     * What it would change in the program that runs.
     *
     * @param saved bytes that are kept before anything changes
     */
    UpdatePlan plan(Release release, long running, ProgramFolder from, long saved)
            throws UpdateException {
        Map<String, String> present = from.contents().sums();
        long download =
                release.files().entrySet().stream()
                        .filter(
                                file ->
                                        !file.getValue()
                                                .sha256()
                                                .equals(present.get(file.getKey())))
                        .mapToLong(file -> file.getValue().length())
                        .sum();
        long all = release.files().values().stream().mapToLong(ReleaseFile::length).sum();
        try {
            return Planner.plan(
                    new Numbered(running, from.contents()),
                    new Numbered(release.number(), Contents.of(release)),
                    download,
                    saved + (sameDisk(from.path()) ? download : all));
        } catch (IOException e) {
            throw new UpdateException("the program folder cannot be read: " + e.getMessage(), e);
        }
    }

    /** There, what does not change is linked. */
    private boolean sameDisk(Path home) throws IOException {
        Files.createDirectories(folder);
        if (!home.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Files.getFileStore(home).equals(Files.getFileStore(folder));
        }
        // A file store does not work in a chroot, whose mount is not among those it sees.
        return Files.getAttribute(home, DEVICE).equals(Files.getAttribute(folder, DEVICE));
    }

    /**
     * @throws UpdateException when the disk has not enough left for it
     */
    void requireSpace(UpdatePlan plan) throws UpdateException {
        long free = folder.toFile().getUsableSpace();
        if (free < plan.diskBytes() + SPARE) {
            throw new UpdateException(
                    "the disk of the data folder has "
                            + (free >> 20)
                            + " MB left, "
                            + (plan.diskBytes() + SPARE >> 20)
                            + " MB are needed");
        }
    }

    boolean isFetched(Release release) {
        return Files.isDirectory(generations.home(release.number()));
    }

    /** Takes what was fetched ahead, if all of it is as it was signed. */
    ProgramFolder stage(Release release, ProgramFolder from, UpdatePlan plan)
            throws IOException, UpdateException {
        if (isFetched(release)) {
            ProgramFolder there = ProgramFolder.read(generations.home(release.number()));
            if (there.contents().sums().equals(Contents.of(release).sums())) {
                FeatureBundles.requireOwn(there);
                return there;
            }
        }
        ProgramFolder staged =
                ProgramFolder.read(
                        generations.stage(release, from, new ShownFetch(plan.downloadBytes())));
        FeatureBundles.requireOwn(staged);
        return staged;
    }

    /** Shows the bytes of all files so far. */
    private final class ShownFetch implements Fetch {

        private final long total;
        private long done;

        ShownFetch(long total) {
            this.total = total;
        }

        @Override
        public void fetch(ReleaseFile file, Path target) throws UpdateException, IOException {
            releases.fetch(file, target, ofThis -> show(done + ofThis));
            isThere(file);
        }

        /** What is linked, since the program that runs has it, is no part of the download. */
        @Override
        public void isThere(ReleaseFile file) {
            done = Math.min(total, done + file.length());
            show(done);
        }

        private void show(long bytes) {
            progress.fetched(bytes, total);
        }
    }
}
