package io.visionops.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * One bundle swapped with the plain commands of Karaf.
 *
 * @param part such as {@code ingest}
 * @param begun just before the command
 * @param ended when the command has returned
 */
record Swap(String part, Way way, Instant begun, Instant ended) {

    /** How a bundle is swapped. */
    enum Way {
        RESTART("bundle:restart"),
        UPDATE("bundle:update, same bytes"),
        NEW_VERSION("bundle:update, micro version");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Swaps a bundle.
     *
     * @param number a new version ends in it
     */
    static Swap of(Instance instance, String part, Way way, int number)
            throws IOException, InterruptedException {
        String bundle = "io.visionops." + part;
        String[] command =
                switch (way) {
                    case RESTART -> new String[] {"bundle:restart", bundle};
                    case UPDATE ->
                            new String[] {
                                "bundle:update", bundle, shipped(part).toUri().toString()
                            };
                    case NEW_VERSION ->
                            new String[] {
                                "bundle:update", bundle, patched(part, number).toUri().toString()
                            };
                };
        Instant begun = Instant.now();
        instance.shell(command).expect(0);
        return new Swap(part, way, begun, Instant.now());
    }

    /** The bundle as it is shipped. */
    private static Path shipped(String part) throws IOException {
        Path folder = Instance.HOME.resolve("system/io/visionops").resolve(part);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
        }
    }

    /** The same with another micro version. */
    private static Path patched(String part, int number) throws IOException {
        String version = "1.0." + number;
        Path file =
                Files.createDirectories(Instance.TARGET.resolve("patched"))
                        .resolve(part + "-" + version + ".jar");
        try (JarInputStream in = new JarInputStream(Files.newInputStream(shipped(part)));
                OutputStream bytes = Files.newOutputStream(file)) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry();
                        entry != null;
                        entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return file;
    }
}
