package io.visionops.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Ways in which a release that was signed can be bad. */
enum BadRelease {
    ACTIVATOR_THROWS(
            "a bundle throws as it starts",
            "console",
            () -> activator("throw new IllegalStateException(\"bad release\");")),
    COMPONENT_THROWS(
            "the constructor of a component throws",
            "console",
            () ->
                    CompiledSource.of(
                            "io.visionops.console.internal.MetricsPage",
                            "package io.visionops.console.internal; public final class MetricsPage {"
                                    + " public MetricsPage() { throw new IllegalStateException(); } }")),
    START_HANGS(
            "a bundle sleeps for ever as it starts",
            "console",
            () -> activator("Thread.sleep(Long.MAX_VALUE);")),
    DEADLOCK(
            "a bundle starts two threads that wait for each other, and waits for them",
            "shell",
            () ->
                    activator(
                            "Object a = new Object(); Object b = new Object();"
                                    + " java.util.concurrent.CyclicBarrier both = new"
                                    + " java.util.concurrent.CyclicBarrier(2);"
                                    + " Thread one = new Thread(() -> { synchronized (a) { await(both);"
                                    + " synchronized (b) { a.notify(); } } });"
                                    + " Thread two = new Thread(() -> { synchronized (b) { await(both);"
                                    + " synchronized (a) { b.notify(); } } });"
                                    + " one.start(); two.start(); one.join();")),
    IMPORT_MISSING(
            "a bundle imports a package that nobody has",
            "shell",
            () -> manifest("Import-Package: io.visionops.absent")),
    CLASS_MISSING("a class is missing at run time", "inference") {
        @Override
        Map<String, byte[]> entries() throws IOException {
            Map<String, byte[]> all =
                    new HashMap<>(
                            CompiledSource.of(
                                    ACTIVATOR,
                                    source("new Missing();")
                                            .replaceFirst("$", "class Missing {}")));
            all.keySet().removeIf(name -> name.endsWith("Missing.class"));
            all.putAll(manifest("Bundle-Activator: " + ACTIVATOR));
            return all;
        }
    },
    CPU(
            "a bundle keeps every processor busy",
            "console",
            () ->
                    activator(
                            "for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {"
                                    + " Thread spin = new Thread(() -> { while (true) { Thread.onSpinWait(); }"
                                    + " }); spin.setDaemon(true); spin.start(); }")),
    EXIT(
            "a bundle calls System.exit(0)",
            "store",
            () -> activator("new Thread(() -> System.exit(0)).start();")),
    HALT(
            "a bundle calls Runtime.halt(1)",
            "ingest",
            () -> activator("Runtime.getRuntime().halt(1);")),
    HEAP(
            "a bundle fills the heap",
            "inference",
            () ->
                    activator(
                            "java.util.List<byte[]> all = new java.util.ArrayList<>();"
                                    + " while (true) { all.add(new byte[1 << 20]); }")),
    DIRECT_MEMORY(
            "a bundle takes all direct memory",
            "inference",
            () ->
                    activator(
                            "java.util.List<Object> all = new java.util.ArrayList<>(); while (true) {"
                                    + " all.add(java.nio.ByteBuffer.allocateDirect(1 << 20)); }")),
    MIGRATION_FAILS(
            "a change of the database is wrong",
            "store",
            () -> migration("CREATE TABLE broken (", "DROP TABLE broken;")),
    MIGRATION_LOCKS(
            "a change of the database lets nothing be written any more",
            "store",
            () ->
                    migration(
                            "CREATE TRIGGER locked BEFORE INSERT ON checkpoints BEGIN SELECT RAISE(ABORT,"
                                    + " 'bad release'); END;",
                            "DROP TRIGGER locked;")),
    JOURNAL_ABSENT(
            "the part store offers nothing", "store", () -> manifest(BadRelease.NO_COMPONENTS)),
    JOURNAL_REFUSES(
            "the part store refuses what it is to write",
            "store",
            () ->
                    CompiledSource.ofBundle(
                            "store",
                            "io.visionops.store.internal.write.JournalWriter",
                            "public CompletableFuture<Void> append(Entry entry) {",
                            "public CompletableFuture<Void> append(Entry entry) { if (entry != null) return"
                                    + " CompletableFuture.failedFuture(new IllegalStateException(\"bad\"));")),
    NO_FRAMES(
            "decoders end as soon as they begin",
            "ingest",
            () ->
                    activator(
                            "Thread kill = new Thread(() -> { while (true) {"
                                    + " ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);"
                                    + " java.util.concurrent.locks.LockSupport.parkNanos(200_000_000L); } });"
                                    + " kill.setDaemon(true); kill.start();")),
    NO_CAMERAS(
            "the part ingest offers nothing", "ingest", () -> manifest(BadRelease.NO_COMPONENTS)),
    NO_ANALYSIS(
            "the part inference offers nothing",
            "inference",
            () -> manifest(BadRelease.NO_COMPONENTS)),
    CHECK_CRITICAL(
            "a health check is critical",
            "inference",
            () ->
                    activator(
                            "java.util.Hashtable<String, Object> facts = new java.util.Hashtable<>();"
                                    + " facts.put(\"hc.name\", \"visionops.inference.bad\");"
                                    + " facts.put(\"hc.tags\", new String[] {\"visionops\", \"ready\"});"
                                    + " context.registerService(org.apache.felix.hc.api.HealthCheck.class, () ->"
                                    + " new org.apache.felix.hc.api.Result("
                                    + "org.apache.felix.hc.api.Result.Status.CRITICAL, \"bad release\"),"
                                    + " facts);")),
    HEALTH_ABSENT(
            "the part health offers nothing", "health", () -> manifest(BadRelease.NO_COMPONENTS)),
    HEALTH_THROWS(
            "the part health throws as it starts",
            "health",
            () -> activator("throw new IllegalStateException(\"bad release\");")),
    CONSOLE_ABSENT(
            "the part console offers nothing", "console", () -> manifest(BadRelease.NO_COMPONENTS)),
    API_UNRESOLVED(
            "api imports a package that nobody has",
            "api",
            () -> manifest("Import-Package: io.visionops.absent")),
    PROCESSES_THROWS(
            "the part processes throws as it starts",
            "processes",
            () -> activator("throw new IllegalStateException(\"bad release\");")),
    PROCESSES_EXITS(
            "the part processes calls System.exit(0) as it starts",
            "processes",
            () -> activator("new Thread(() -> System.exit(0)).start();")),
    BOOT_HANGS(
            "the program never gets up",
            "processes",
            () -> activator("Thread.sleep(Long.MAX_VALUE);")),
    UPDATER_THROWS(
            "the part updater throws as it starts",
            "updater",
            () -> activator("throw new IllegalStateException(\"bad release\");")),
    OTHER_PLATFORM("is signed for another kind of computer", "console") {
        @Override
        void sign(NextRelease.Maker maker, NextRelease release, long number) throws Exception {
            maker.sign(release, number, "--platform", "linux-aarch64");
        }
    },
    FILE_ABSENT("a file is not in the repository", "console") {
        @Override
        void sign(NextRelease.Maker maker, NextRelease release, long number) throws Exception {
            super.sign(maker, release, number);
            Files.delete(published(maker, release));
        }
    },
    FILE_DAMAGED("a file in the repository is not the one that was signed", "console") {
        @Override
        void sign(NextRelease.Maker maker, NextRelease release, long number) throws Exception {
            super.sign(maker, release, number);
            Path file = published(maker, release);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }
    };

    private static final String ACTIVATOR = "io.visionops.bad.BadActivator";

    private static final String NO_COMPONENTS = "Service-Component: OSGI-INF/absent.xml";

    private final String words;
    private final String part;
    private final Content content;

    /** The bundle is another by its version alone. */
    BadRelease(String words, String part) {
        this(words, part, Map::of);
    }

    BadRelease(String words, String part, Content content) {
        this.words = words;
        this.part = part;
        this.content = content;
    }

    String words() {
        return words;
    }

    /** The part whose bundle is another. */
    String part() {
        return part;
    }

    /** What is other in the bundle: bytes by the name of the entry. */
    Map<String, byte[]> entries() throws IOException {
        return content.entries();
    }

    /** Makes what is other in the bundle. */
    private interface Content {
        Map<String, byte[]> entries() throws IOException;
    }

    void sign(NextRelease.Maker maker, NextRelease release, long number) throws Exception {
        maker.sign(release, number);
    }

    /**
     * Makes the release and publishes it.
     *
     * @param raised parts that a release before had in a higher version: nobody accepts a lower one
     */
    void publish(NextRelease.Maker maker, String name, long number, Set<String> raised)
            throws Exception {
        String version = "1.0." + number;
        NextRelease release = NextRelease.of(name, version).with(part, version, entries());
        for (String other : raised) {
            if (!other.equals(part)) {
                release.with(other, version);
            }
        }
        sign(maker, release, number);
    }

    private static Map<String, byte[]> manifest(String line) {
        return Map.of("META-INF/MANIFEST.MF", line.getBytes(StandardCharsets.UTF_8));
    }

    private static String source(String body) {
        return "package io.visionops.bad; public final class BadActivator implements"
                + " org.osgi.framework.BundleActivator { public void"
                + " start(org.osgi.framework.BundleContext context) throws Exception { "
                + body
                + " } public void stop(org.osgi.framework.BundleContext context) {}"
                + " static void await(java.util.concurrent.CyclicBarrier all) { try { all.await();"
                + " } catch (Exception e) { throw new IllegalStateException(e); } } }";
    }

    private static Map<String, byte[]> activator(String body) throws IOException {
        Map<String, byte[]> all = new HashMap<>(CompiledSource.of(ACTIVATOR, source(body)));
        all.putAll(manifest("Bundle-Activator: " + ACTIVATOR));
        return all;
    }

    /** One more change of the database, with the script that takes it back. */
    private static Map<String, byte[]> migration(String sql, String undo) throws IOException {
        Path source =
                Instance.TARGET.resolve(
                        "../../bundles/store/src/main/java/io/visionops/store/internal/sqlite/Migrations.java");
        Matcher scripts =
                Pattern.compile("Script[.]ofResource\\(\"(\\d{4})-[a-z-]+[.]sql\"\\)")
                        .matcher(Files.readString(source));
        MatchResult last = null;
        while (scripts.find()) {
            last = scripts.toMatchResult();
        }
        if (last == null) {
            throw new IOException(source + " names no scripts");
        }
        String name =
                String.format(
                        java.util.Locale.ROOT, "%04d-bad", Integer.parseInt(last.group(1)) + 1);
        Map<String, byte[]> all =
                new HashMap<>(
                        CompiledSource.ofBundle(
                                "store",
                                "io.visionops.store.internal.sqlite.Migrations",
                                last.group(),
                                last.group() + ", Script.ofResource(\"" + name + ".sql\")"));
        all.put("db/" + name + ".sql", sql.getBytes(StandardCharsets.UTF_8));
        all.put("db/" + name + ".undo.sql", undo.getBytes(StandardCharsets.UTF_8));
        return all;
    }

    /** The changed bundle as it lies in the repository, named by its hash. */
    Path published(NextRelease.Maker maker, NextRelease release) throws Exception {
        try (Stream<Path> files =
                Files.walk(release.home().resolve("system/io/visionops/" + part))) {
            Path jar =
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .findFirst()
                            .orElseThrow();
            byte[] digest =
                    java.security.MessageDigest.getInstance("SHA-256")
                            .digest(Files.readAllBytes(jar));
            String sum = java.util.HexFormat.of().formatHex(digest);
            return maker.repository().resolve("targets").resolve(sum);
        }
    }
}
