package io.visionops.updater.internal.maker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** An unpacked distribution in small, for tests. */
public final class Distribution {

    private final Path folder;

    /** With a version, a script, and the store. */
    public Distribution(Path folder) throws IOException {
        this.folder = folder;
        file("lib/version", "version=1.2.0\nnatives=1.0.0\n");
        file("etc/io.visionops.store.cfg", "keep = 30d\n");
        Path script = file("bin/visionops", "#!/bin/sh\n");
        script.toFile().setExecutable(true);
        bundle("store", "1.0.0", "store of 1.0.0");
        bundle("ingest", "1.0.0", "ingest of 1.0.0");
    }

    public Path folder() {
        return folder;
    }

    public Path file(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    /** A jar of {@code io.visionops} with migrations in it, in its place. */
    public Path bundle(String name, String version, String content) throws IOException {
        Path jar =
                folder.resolve(
                        "system/io/visionops/"
                                + name
                                + "/"
                                + version
                                + "/"
                                + name
                                + "-"
                                + version
                                + ".jar");
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-SymbolicName", "io.visionops." + name + ";singleton:=true");
        main.putValue("Bundle-Version", version);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (String one : new String[] {"db/0001-journal.sql", "db/0004-records.sql"}) {
                ZipEntry entry = new ZipEntry(one);
                entry.setTime(0);
                entries.putNextEntry(entry);
                entries.write(content.getBytes(StandardCharsets.UTF_8));
                entries.closeEntry();
            }
        }
        return jar;
    }
}
