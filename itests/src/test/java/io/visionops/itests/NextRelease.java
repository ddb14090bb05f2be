package io.visionops.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The program of a next release, made of the distribution: some bundles in another version, what
 * names them with it.
 */
final class NextRelease {

    private static final String PRESENT = "1.0.0";

    private final Path home;
    private final String version;

    private NextRelease(Path home, String version) {
        this.home = home;
        this.version = version;
    }

    /** A copy of the distribution, with links for what stays as it is. */
    static NextRelease of(String name, String version) throws IOException {
        Path home = Instance.TARGET.resolve("releases").resolve(name);
        Instance.deleteTree(home);
        try (Stream<Path> files = Files.walk(Instance.HOME)) {
            for (Path file : files.toList()) {
                Path target = home.resolve(Instance.HOME.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createLink(target, file);
                }
            }
        }
        NextRelease release = new NextRelease(home, version);
        release.replace("lib/version", "version=" + PRESENT, "version=" + version);
        release.renameFeatures();
        return release;
    }

    Path home() {
        return home;
    }

    private void renameFeatures() throws IOException {
        Path old = home.resolve("system/io/visionops/features/" + PRESENT);
        Path fresh = home.resolve("system/io/visionops/features/" + version);
        Files.createDirectories(fresh);
        String text =
                Files.readString(old.resolve("features-" + PRESENT + "-features.xml"))
                        .replace("version=\"" + PRESENT + "\"", "version=\"" + version + "\"")
                        .replace("visionops-" + PRESENT, "visionops-" + version);
        Files.writeString(features(), text);
        Instance.deleteTree(old);
        String boot = Files.readString(home.resolve("etc/org.apache.karaf.features.cfg"));
        write(
                "etc/org.apache.karaf.features.cfg",
                boot.replace("io.visionops/features/" + PRESENT, "io.visionops/features/" + version)
                        .replaceAll("(visionops-[a-z]+)/" + PRESENT, "$1/" + version));
    }

    private Path features() {
        return home.resolve(
                "system/io/visionops/features/"
                        + version
                        + "/features-"
                        + version
                        + "-features.xml");
    }

    private void replace(String path, String from, String to) throws IOException {
        write(path, Files.readString(home.resolve(path)).replace(from, to));
    }

    /** A new file: the old one is a link. */
    private void write(String path, String text) throws IOException {
        Files.delete(home.resolve(path));
        Files.writeString(home.resolve(path), text);
    }

    /** A bundle in another version, and with other classes in it. */
    NextRelease with(String part, String bundleVersion, Map<String, byte[]> entries)
            throws IOException {
        Path old = home.resolve("system/io/visionops/" + part + "/" + PRESENT);
        Path fresh = home.resolve("system/io/visionops/" + part + "/" + bundleVersion);
        Files.createDirectories(fresh);
        rewrite(
                old.resolve(part + "-" + PRESENT + ".jar"),
                fresh.resolve(part + "-" + bundleVersion + ".jar"),
                bundleVersion,
                entries);
        Instance.deleteTree(old);
        String text = Files.readString(features());
        Files.writeString(
                features(),
                text.replace(
                        "mvn:io.visionops/" + part + "/" + PRESENT,
                        "mvn:io.visionops/" + part + "/" + bundleVersion));
        return this;
    }

    NextRelease with(String part, String bundleVersion) throws IOException {
        return with(part, bundleVersion, Map.of());
    }

    private static void rewrite(Path from, Path to, String version, Map<String, byte[]> entries)
            throws IOException {
        Map<String, byte[]> left = new TreeMap<>(entries);
        try (JarInputStream in = new JarInputStream(Files.newInputStream(from));
                OutputStream bytes = Files.newOutputStream(to)) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            byte[] lines = left.remove("META-INF/MANIFEST.MF");
            if (lines != null) {
                for (String line :
                        new String(lines, java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
                    int colon = line.indexOf(':');
                    manifest.getMainAttributes()
                            .put(
                                    new Attributes.Name(line.substring(0, colon)),
                                    line.substring(colon + 1).strip());
                }
            }
            try (JarOutputStream out = new JarOutputStream(bytes)) {
                out.putNextEntry(entry(JarFile.MANIFEST_NAME));
                manifest.write(out);
                for (JarEntry entry = in.getNextJarEntry();
                        entry != null;
                        entry = in.getNextJarEntry()) {
                    byte[] other = left.remove(entry.getName());
                    out.putNextEntry(entry(entry.getName()));
                    if (other == null) {
                        in.transferTo(out);
                    } else {
                        out.write(other);
                    }
                }
                for (Map.Entry<String, byte[]> entry : left.entrySet()) {
                    out.putNextEntry(entry(entry.getKey()));
                    out.write(entry.getValue());
                }
            }
        }
    }

    /** Of one time: a bundle in the same version has the same bytes in every release. */
    private static JarEntry entry(String name) {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        return entry;
    }

    /** The maker's side: keys, and a repository that is signed with them. */
    record Maker(Path keys, Path repository) {

        static Maker fresh(String name) throws IOException, InterruptedException {
            Path folder = Instance.TARGET.resolve("releases").resolve(name);
            Instance.deleteTree(folder);
            Files.createDirectories(folder);
            Maker maker = new Maker(folder.resolve("keys"), folder.resolve("repository"));
            maker.tool("new-keys", maker.keys.toString());
            return maker;
        }

        /**
         * @param more of the tool's arguments
         */
        void sign(NextRelease release, long number, String... more)
                throws IOException, InterruptedException {
            List<String> words =
                    new ArrayList<>(
                            List.of(
                                    "sign",
                                    "--keys",
                                    keys.toString(),
                                    "--repository",
                                    repository.toString(),
                                    "--from",
                                    release.home().toString(),
                                    "--number",
                                    String.valueOf(number)));
            words.addAll(List.of(more));
            tool(words.toArray(String[]::new));
        }

        /** Has an instance take its releases from here. */
        void trustedBy(Instance instance, String... settings) throws IOException {
            Files.createDirectories(instance.etc());
            Files.copy(keys.resolve("1.root.json"), instance.etc().resolve("update-root.json"));
            List<String> lines = new ArrayList<>(List.of(settings));
            lines.add("repository = " + repository.toUri());
            Files.write(instance.etc().resolve("io.visionops.updater.cfg"), lines);
        }

        private void tool(String... words) throws IOException, InterruptedException {
            List<String> command =
                    new ArrayList<>(
                            List.of(Instance.HOME.resolve("bin/visionops-release").toString()));
            command.addAll(List.of(words));
            Instance.run(120, command).expect(0);
        }
    }
}
