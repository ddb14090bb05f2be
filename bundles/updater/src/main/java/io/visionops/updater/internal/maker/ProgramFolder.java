package io.visionops.updater.internal.maker;

import io.visionops.support.Sha256;
import io.visionops.updater.internal.metadata.ReleaseBundle;
import io.visionops.updater.internal.metadata.ReleaseFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * An unpacked distribution that has not run.
 *
 * @param version as people call it
 * @param schema of the database
 * @param files by their paths
 */
record ProgramFolder(
        Path folder,
        String version,
        int schema,
        Map<String, ReleaseFile> files,
        List<ReleaseBundle> bundles) {

    private static final Pattern SCHEMA = Pattern.compile("db/(\\d{4})-[^/]*\\.sql");
    private static final Pattern STORE =
            Pattern.compile("system/io/visionops/store/[^/]+/store-[^/]+\\.jar");

    static ProgramFolder read(Path folder) throws ToolException {
        if (!Files.isRegularFile(folder.resolve("lib/version"))) {
            throw new ToolException(folder + " is no unpacked distribution: it has no lib/version");
        }
        if (Files.exists(folder.resolve("data"))) {
            throw new ToolException(
                    folder + " has run, it has a data folder: unpack the distribution anew");
        }
        try {
            Map<String, ReleaseFile> files = files(folder);
            return new ProgramFolder(
                    folder, version(folder), schema(folder, files), files, bundles(folder, files));
        } catch (IOException e) {
            throw new ToolException(folder + " cannot be read: " + e, e);
        }
    }

    private static Map<String, ReleaseFile> files(Path folder) throws IOException, ToolException {
        Map<String, ReleaseFile> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted().toList()) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new ToolException(
                            file + " is a link or no file: a release has files only");
                }
                files.put(
                        folder.relativize(file).toString(),
                        new ReleaseFile(Files.size(file), Sha256.hex(file), isExecutable(file)));
            }
        }
        return files;
    }

    private static boolean isExecutable(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private static String version(Path folder) throws IOException, ToolException {
        for (String line :
                Files.readAllLines(folder.resolve("lib/version"), StandardCharsets.UTF_8)) {
            if (line.startsWith("version=")) {
                return line.substring("version=".length()).strip();
            }
        }
        throw new ToolException("lib/version of " + folder + " has no line version=");
    }

    /** Of the migrations that the store brings, the last. */
    private static int schema(Path folder, Map<String, ReleaseFile> files)
            throws IOException, ToolException {
        Optional<String> store =
                files.keySet().stream().filter(path -> STORE.matcher(path).matches()).findFirst();
        if (store.isEmpty()) {
            throw new ToolException(folder + " has no store below system/io/visionops");
        }
        try (JarFile jar = new JarFile(folder.resolve(store.get()).toFile())) {
            return jar.stream()
                    .map(entry -> SCHEMA.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .mapToInt(entry -> Integer.parseInt(entry.group(1)))
                    .max()
                    .orElseThrow(
                            () -> new ToolException(store.get() + " has no db/NNNN-*.sql in it"));
        }
    }

    private static List<ReleaseBundle> bundles(Path folder, Map<String, ReleaseFile> files)
            throws IOException, ToolException {
        List<ReleaseBundle> bundles = new ArrayList<>();
        for (String path : files.keySet()) {
            if (path.startsWith("system/") && path.endsWith(".jar")) {
                bundle(folder, path).ifPresent(bundles::add);
            }
        }
        return bundles;
    }

    /** Empty for a jar that is no bundle. */
    private static Optional<ReleaseBundle> bundle(Path folder, String path)
            throws IOException, ToolException {
        try (JarFile jar = new JarFile(folder.resolve(path).toFile())) {
            Manifest manifest = jar.getManifest();
            Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String name = main.getValue("Bundle-SymbolicName");
            if (name == null) {
                return Optional.empty();
            }
            String version = main.getValue("Bundle-Version");
            return Optional.of(
                    new ReleaseBundle(
                            name.replaceFirst(";.*", "").strip(),
                            Version.parseVersion(version).toString(),
                            path));
        } catch (IllegalArgumentException e) {
            throw new ToolException(path + " has a Bundle-Version that OSGi does not know", e);
        }
    }
}
