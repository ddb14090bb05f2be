package io.visionops.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The weather station of {@code guest} as a bundle, in any version. */
final class GuestBundle {

    static final String NAME = "io.visionops.weather";

    /** What all its classes begin with. */
    static final String PACKAGE = "io.visionops.itests.guest.";

    private static final String IMPORTS =
            String.join(
                    ",",
                    "io.visionops.api.camera;version=\"[2.0,3)\"",
                    "io.visionops.api.checkpoint;version=\"[1.1,2)\"",
                    "io.visionops.api.frame;version=\"[2.0,3)\"",
                    "io.visionops.api.journal;version=\"[1.0,2)\"",
                    "io.visionops.api.recovery;version=\"[1.0,2)\"",
                    "io.visionops.api.subject;version=\"[1.0,2)\"",
                    "io.micrometer.core.instrument;version=\"[1.17,2)\"",
                    "io.micrometer.core.instrument.binder;version=\"[1.17,2)\"",
                    "org.apache.felix.hc.api;version=\"[2.0,3)\"",
                    "org.osgi.framework;version=\"[1.10,2)\"");

    private static final Map<String, String> HEADERS =
            Map.of(
                    "Bundle-Name",
                    "VisionOps weather",
                    "Import-Package",
                    IMPORTS,
                    "Service-Component",
                    "OSGI-INF/weather.xml",
                    "Require-Capability",
                    "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)"
                            + "(version>=1.4.0)(!(version>=2.0.0)))\"");

    private GuestBundle() {}

    /** Packs it. */
    static Path of(String version) throws IOException {
        Path file =
                Files.createDirectories(Instance.TARGET.resolve("guest"))
                        .resolve("weather-" + version + ".jar");
        Path classes = Instance.TARGET.resolve("test-classes");
        Path folder = classes.resolve(PACKAGE.replace('.', '/'));
        try (OutputStream bytes = Files.newOutputStream(file);
                JarOutputStream jar =
                        new JarOutputStream(bytes, BundleManifest.of(NAME, version, HEADERS));
                Stream<Path> parts = Files.walk(folder)) {
            for (Path part : parts.filter(Files::isRegularFile).sorted().toList()) {
                boolean isClass = part.toString().endsWith(".class");
                jar.putNextEntry(
                        new JarEntry((isClass ? classes : folder).relativize(part).toString()));
                Files.copy(part, jar);
            }
        }
        return file;
    }
}
