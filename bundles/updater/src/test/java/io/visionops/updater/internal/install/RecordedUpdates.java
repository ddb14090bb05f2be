package io.visionops.updater.internal.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdateResult;
import io.visionops.launcher.platform.Folders;
import io.visionops.support.Sha256;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.disk.RecordedDisk;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.plan.Planner;
import io.visionops.updater.internal.plan.Planner.Numbered;
import io.visionops.updater.internal.source.FileSource;
import io.visionops.updater.internal.source.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Updates as they are made, on a disk that writes down what is asked of it: by the {@link
 * Installation}, with files that come from a repository, and by the watchdog between starts.
 */
final class RecordedUpdates {

    private static final String OURS = "io.visionops.";
    private static final String VERSION = "1.0.0";

    /** The disk: the program as it was unpacked, and the data folder. */
    final RecordedDisk disk;

    /** Files of each program by its number and path. */
    final Map<Long, Map<String, String>> programs = new TreeMap<>();

    final List<Step> steps = new ArrayList<>();

    private final Path real;
    private final Path repository;
    private final Path made;
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeParts parts = new FakeParts(clock);
    private final FakeFramework framework = new FakeFramework();
    private final Map<Long, Release> releases = new TreeMap<>();
    private final Generations generations;
    private final UpdateHistory history;
    private final Installation installation;

    /** The next swap is of a release whose bundles do not start. */
    private boolean bad;

    private boolean swapped;
    private long running;

    /**
     * One update.
     *
     * @param end how many operations the disk was asked until it was over
     * @param from number of the program before
     * @param to that was to take its place
     * @param outcome that runs in the end
     */
    record Step(int end, long from, long to, long outcome) {}

    /**
     * @param folder empty
     */
    RecordedUpdates(Path folder) throws IOException {
        real = Files.createDirectories(folder.resolve("disk"));
        repository = folder.resolve("repository");
        made = folder.resolve("made");
        Files.createDirectories(repository.resolve("targets"));
        Files.createDirectories(real.resolve("data/etc"));
        unpack(real.resolve("program"), Map.of("console", VERSION, "api", VERSION));
        programs.put(0L, files(real.resolve("program")));
        disk = new RecordedDisk(real);
        generations = generations(disk.root());
        history = new UpdateHistory(data(disk.root()).resolve("releases"));
        framework.bundles.putAll(Map.of(OURS + "console", VERSION, OURS + "api", VERSION));
        framework.look = this::look;
        framework.provisioning = repository -> swap(repository.toString());
        parts.live();
        installation =
                new Installation(
                        framework.context(),
                        generations,
                        parts,
                        new BundleSwap(
                                framework.context(), () -> Optional.of(framework.features())),
                        data(disk.root()).resolve("etc"),
                        data(disk.root()).resolve("releases"),
                        new Progress(clock),
                        new Outcomes(),
                        () ->
                                new GateLimits(
                                        Duration.ofSeconds(4),
                                        Duration.ofSeconds(8),
                                        Duration.ofSeconds(60)),
                        clock,
                        clock);
    }

    static Generations generations(Path root) {
        return new Generations(data(root).resolve("releases"), root.resolve("program"));
    }

    /** The watchdog's, which decides what is started. */
    static io.visionops.launcher.generation.Generations watchdog(
            Path root,
            io.visionops.launcher.generation.Generations.Writing writing,
            List<String> said) {
        return new io.visionops.launcher.generation.Generations(
                data(root).resolve("releases"),
                root.resolve("program"),
                VERSION,
                writing,
                said::add);
    }

    private static Path data(Path root) {
        return root.resolve("data");
    }

    private void look() {
        clock.advance(Duration.ofSeconds(2));
        parts.live();
        if (swapped) {
            // The gate holds for longer than a disk keeps back what it was given.
            disk.pause();
            swapped = false;
        }
    }

    private void swap(String features) {
        String version = features.substring(features.lastIndexOf('/') + 1);
        framework.bundles.put(OURS + "console", version);
        if (bad) {
            bad = false;
            throw new IllegalStateException("Error restarting bundles:\n\tconsole");
        }
        swapped = true;
    }

    private final class Outcomes implements Installation.Outcomes {

        @Override
        public void committed(long number, ProgramFolder program) {
            try {
                generations.keep(Set.of(number, running));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            running = number;
        }

        @Override
        public void add(UpdateResult result, Optional<String> reason) {
            history.add(result, reason);
        }
    }

    /** Releases that are good and bad, swapped in and started, and ways back. */
    void make() throws Exception {
        publish(2, Map.of("console", "1.0.1", "api", VERSION));
        publish(3, Map.of("console", "1.0.2", "api", "1.0.2"));
        publish(4, Map.of("console", "1.0.3", "api", "1.0.3"));
        publish(5, Map.of("console", "1.0.4", "api", "1.0.2"));
        publish(6, Map.of("console", "1.0.5", "api", "1.0.5"));

        swapIn(2, false);
        goBackTo(0);
        swapIn(2, false);
        startAgain(3, false);
        startAgain(4, true);
        swapIn(5, true);
        startAgain(6, false);
    }

    private void swapIn(long number, boolean isBad) throws Exception {
        bad = isBad;
        run(number, true, () -> stage(number));
    }

    private void goBackTo(long number) throws Exception {
        run(number, false, () -> ProgramFolder.read(generations.home(number)));
    }

    private void run(long number, boolean release, Installation.Staging staging) throws Exception {
        long from = running;
        Job job = job(number, release);
        assertThat(job.plan().level()).isEqualTo(1);
        installation.run(job, staging);
        steps.add(new Step(disk.count(), from, number, running));
        disk.pause();
    }

    private Job job(long number, boolean release) throws IOException {
        ProgramFolder from = ProgramFolder.read(generations.home(running));
        Path target = number == 0 ? real.resolve("program") : made(number);
        return new Job(
                from,
                Planner.plan(
                        new Numbered(running, from.contents()),
                        new Numbered(number, ProgramFolder.read(target).contents()),
                        0,
                        0),
                release,
                Actor.part("test"),
                clock.instant());
    }

    /** What {@link Installation#run} does up to the end of the program, and all that follows. */
    private void startAgain(long number, boolean crashes) throws Exception {
        long from = running;
        Job job = job(number, true);
        assertThat(job.plan().level()).isEqualTo(2);
        ProgramFolder to = stage(number);
        Pending.of(job, Baseline.take(parts, clock), clock.instant())
                .write(data(disk.root()).resolve("releases"));
        generations.write(generations.state().trying(from, number, 2));

        List<String> said = new ArrayList<>();
        var watchdog = watchdog(disk.root(), Folders::writeSynced, said);
        assertThat(watchdog.next().number()).isEqualTo(number);
        if (crashes) {
            watchdog.goBack("ended with status 1");
            assertThat(watchdog.next().number()).isEqualTo(from);
            installation.resume(from, () -> ProgramFolder.read(generations.home(from)));
        } else {
            framework.bundles.putAll(to.contents().bundles());
            swapped = true;
            installation.resume(number, () -> to);
        }
        steps.add(new Step(disk.count(), from, number, running));
        disk.pause();
    }

    private ProgramFolder stage(long number) throws IOException, UpdateException {
        return ProgramFolder.read(stage(generations, number));
    }

    /** Also for a look at what a state allows. */
    Path stage(Generations where, long number) throws IOException, UpdateException {
        Path program = where.home(0);
        return where.stage(releases.get(number), ProgramFolder.read(program), this::fetch);
    }

    private void fetch(ReleaseFile file, Path target) throws UpdateException {
        try {
            new FileSource(repository).file(file, target, Source.Progress.NONE);
        } catch (RepositoryException e) {
            throw new UpdateException(e.getMessage(), e);
        }
    }

    private Path made(long number) {
        return made.resolve(String.valueOf(number));
    }

    private void publish(long number, Map<String, String> bundles) throws IOException {
        unpack(made(number), bundles);
        programs.put(number, files(made(number)));
        Map<String, ReleaseFile> files = new LinkedHashMap<>();
        for (String path : programs.get(number).keySet()) {
            Path file = made(number).resolve(path);
            String sum = Sha256.hex(file);
            files.put(path, new ReleaseFile(Files.size(file), sum, path.startsWith("bin/")));
            Path target = repository.resolve("targets").resolve(sum);
            if (Files.notExists(target)) {
                Files.copy(file, target);
            }
        }
        releases.put(
                number,
                new Release(
                        number,
                        bundles.get("console"),
                        "visionops",
                        "linux-x86_64",
                        Instant.MAX,
                        0,
                        files,
                        List.of()));
    }

    /** The files of a program, but for the list that the updater adds. */
    static Map<String, String> files(Path home) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(home.relativize(file).toString(), Sha256.hex(file));
            }
        }
        files.remove("files.sha256");
        return files;
    }

    private static void unpack(Path home, Map<String, String> bundles) throws IOException {
        String version = bundles.get("console");
        for (Map.Entry<String, String> bundle : bundles.entrySet()) {
            bundle(home, bundle.getKey(), bundle.getValue());
        }
        write(home.resolve("system/org/stays.jar"), "stays");
        write(home.resolve("bin/visionops"), "exec java");
        write(home.resolve("lib/version"), "version=" + version);
        write(
                home.resolve("etc/org.apache.karaf.features.cfg"),
                "featuresRepositories = mvn:io.visionops/features/"
                        + version
                        + "\nfeaturesBoot = visionops-console/"
                        + version
                        + "\n");
    }

    private static void bundle(Path home, String part, String version) throws IOException {
        Path jar =
                home.resolve("system/io/visionops/" + part + "/" + version)
                        .resolve(part + "-" + version + ".jar");
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(new Attributes.Name("Bundle-SymbolicName"), OURS + part);
        attributes.put(new Attributes.Name("Bundle-Version"), version);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            // The same bytes whenever it is made.
            JarEntry entry = new JarEntry(JarFile.MANIFEST_NAME);
            entry.setTime(0);
            entries.putNextEntry(entry);
            manifest.write(entries);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    Path real() {
        return real;
    }
}
