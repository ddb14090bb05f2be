package io.visionops.ingest.internal.camera;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Does what fileinstall and config admin do together: files become configurations. */
final class WatchedFolder implements AutoCloseable {

    private final Path etc;
    private final Supplier<CameraRegistry> registry;
    private final Map<String, String> known = new HashMap<>();
    private final ScheduledExecutorService scans = Executors.newSingleThreadScheduledExecutor();

    WatchedFolder(Path etc, Supplier<CameraRegistry> registry) {
        this.etc = etc;
        this.registry = registry;
        scans.scheduleWithFixedDelay(this::scan, 50, 50, TimeUnit.MILLISECONDS);
    }

    private synchronized void scan() {
        try (var files = Files.newDirectoryStream(etc, "io.visionops.camera-*.cfg")) {
            Set<String> present = new HashSet<>();
            for (Path file : files) {
                String name = file.getFileName().toString();
                present.add(name);
                String text = Files.readString(file);
                if (!text.equals(known.put(name, text))) {
                    deliver(file, text);
                }
            }
            for (String gone : Set.copyOf(known.keySet())) {
                if (!present.contains(gone)) {
                    known.remove(gone);
                    registry.get().deleted(pid(gone));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As config admin does to a factory that has just come. */
    synchronized void deliverAll() {
        known.clear();
    }

    private void deliver(Path file, String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, Object> raw = new HashMap<>();
        properties.forEach((key, value) -> raw.put((String) key, resolved((String) value)));
        raw.put("felix.fileinstall.filename", file.toUri().toString());
        raw.put("service.pid", pid(file.getFileName().toString()));
        registry.get().updated(pid(file.getFileName().toString()), raw);
    }

    private static String resolved(String value) {
        return value.replace("$[secret:known]", "pa55word");
    }

    private static String pid(String file) {
        return file.replace("io.visionops.camera-", "io.visionops.camera~").replace(".cfg", "");
    }

    @Override
    public void close() {
        scans.shutdownNow();
    }
}
