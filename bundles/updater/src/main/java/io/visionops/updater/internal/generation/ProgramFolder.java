package io.visionops.updater.internal.generation;

import io.visionops.support.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** A program on the disk: as it was unpacked, or a generation. */
public record ProgramFolder(Path path, Contents contents) {

    /** What the updater has added to a generation: {@code SHA-256 path}, a line each file. */
    static final String LIST = "files.sha256";

    private static final String OUR_BUNDLES = "system/io/visionops/";

    /**
     * Reads every file, which takes about a second.
     *
     * @throws IOException when it cannot be read or is no program
     */
    public static ProgramFolder read(Path folder) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        Map<String, String> bundles = new TreeMap<>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                            throws IOException {
                        String name = folder.relativize(file).toString().replace('\\', '/');
                        if (facts.isRegularFile() && !name.equals(LIST)) {
                            sums.put(name, Sha256.hex(file));
                            if (name.startsWith(OUR_BUNDLES) && name.endsWith(".jar")) {
                                putBundle(file, bundles);
                            }
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new ProgramFolder(folder, new Contents(version(folder), sums, bundles));
    }

    private static void putBundle(Path file, Map<String, String> bundles) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String name = manifest == null ? null : value(manifest, "Bundle-SymbolicName");
            if (name != null) {
                bundles.put(
                        name.replaceFirst(";.*", "").strip(),
                        String.valueOf(value(manifest, "Bundle-Version")));
            }
        }
    }

    private static String value(Manifest manifest, String name) {
        return manifest.getMainAttributes().getValue(name);
    }

    /** Of the distribution, as its folder says. */
    public static String version(Path folder) throws IOException {
        Properties facts = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve("lib/version"))) {
            facts.load(in);
        }
        return facts.getProperty("version", "");
    }
}
