package io.visionops.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A bundle that does harm within the program, by a thread of its own, as soon as it is started. */
final class Saboteur {

    static final String NAME = "io.visionops.saboteur";

    /** Its detectors do their harm once this file is there. */
    static final Path TRIGGER = Instance.TARGET.resolve("saboteurs/trigger");

    private static final String CLASS = NAME + ".Saboteur";

    private static final Map<String, String> HEADERS =
            Map.of(
                    "Bundle-Activator",
                    CLASS,
                    "Import-Package",
                    "io.visionops.api.camera,io.visionops.api.detect,io.visionops.api.frame,"
                            + "org.apache.felix.hc.api,org.osgi.framework");

    private static final String SOURCE =
            """
            package io.visionops.saboteur;

            import java.util.*;
            import io.visionops.api.camera.CameraSettings;
            import io.visionops.api.detect.*;
            import io.visionops.api.frame.Frame;
            import org.osgi.framework.*;

            public final class Saboteur implements BundleActivator {

                static final List<Object> KEPT = new ArrayList<>();

                @Override
                public void start(BundleContext context) {
                    // Once: an orderly restart finds the bundle again.
                    try {
                        if (!new java.io.File(System.getProperty("karaf.data"), "%s.done").createNewFile()) {
                            return;
                        }
                    } catch (java.io.IOException e) {
                        throw new IllegalStateException(e);
                    }
                    Thread harm = new Thread(() -> {
                        try {
                            harm(context);
                        } catch (Exception | Error e) {
                            System.err.println("saboteur: " + e);
                        }
                    }, "saboteur");
                    harm.setDaemon(true);
                    harm.start();
                }

                static void harm(BundleContext context) throws Exception {
                    %s
                }

                /** Looks until it is told to do otherwise. */
                static void offer(BundleContext context, java.util.function.Supplier<List<Detection>> looks) {
                    context.registerService(Detector.class, new Detector() {
                        public String name() { return "saboteur"; }
                        public int quality() { return 1; }
                        public Set<String> labels() { return Set.of("person"); }
                        public boolean gated() { return false; }
                        public DetectorSession open(CameraSettings camera) {
                            return new DetectorSession() {
                                public List<Detection> detect(Frame frame) { return looks.get(); }
                                public void close() {}
                            };
                        }
                    }, null);
                }

                @Override
                public void stop(BundleContext context) {}
            }
            """;

    private Saboteur() {}

    /**
     * Packs it.
     *
     * @param harm Java statements; {@code context} is the bundle's
     */
    static Path of(String name, String harm) throws IOException {
        Path file =
                Files.createDirectories(Instance.TARGET.resolve("saboteurs"))
                        .resolve(name + ".jar");
        try (OutputStream bytes = Files.newOutputStream(file);
                JarOutputStream jar =
                        new JarOutputStream(bytes, BundleManifest.of(NAME, "1.0.0", HEADERS))) {
            for (Map.Entry<String, byte[]> entry :
                    CompiledSource.of(CLASS, SOURCE.formatted(name, harm)).entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }
}
