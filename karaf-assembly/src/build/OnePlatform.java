import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Takes the native libraries of other platforms out of the jars of the distribution, which bring
 * one for each that there is. Its arguments are the folder and the platform, such as linux-x86_64.
 */
class OnePlatform {

    /** Their files have the form of Linux, and differ by their folder alone. */
    private static final Pattern OTHER_SYSTEMS =
            Pattern.compile("(?i).*(bsd|sunos|solaris|android|musl).*/.*");

    private static final Pattern OTHER_NAMES = Pattern.compile("(?i).*\\.(dll|dylib|jnilib)");

    /** Windows, three of macOS and two of AIX; what is shared by several is known by its name. */
    private static final List<String> OTHER_FORMS =
            List.of("4d5a", "cffaedfe", "cefaedfe", "feedfacf", "3c626967", "01f7", "01df");

    private static final int HEAD = 20;

    private final int machine;

    OnePlatform(String platform) {
        machine =
                switch (platform) {
                    case "linux-x86_64" -> 62;
                    case "linux-arm64" -> 183;
                    default -> throw new IllegalArgumentException("unknown: " + platform);
                };
    }

    public static void main(String[] words) throws IOException {
        OnePlatform platform = new OnePlatform(words[1]);
        try (Stream<Path> files = Files.walk(Path.of(words[0]))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                platform.clean(jar);
            }
        }
    }

    private void clean(Path file) throws IOException {
        Path cleaned = file.resolveSibling(file.getFileName() + ".cleaned");
        try (JarFile jar = new JarFile(file.toFile())) {
            Set<String> kept =
                    jar.stream()
                            .filter(entry -> !isForeign(jar, entry))
                            .map(JarEntry::getName)
                            .collect(Collectors.toCollection(LinkedHashSet::new));
            if (kept.size() == jar.size()) {
                return;
            }
            if (kept.stream().anyMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA|EC)"))) {
                throw new IOException(file + " is signed, and would not be any more");
            }
            try (OutputStream out = Files.newOutputStream(cleaned);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                for (String name : kept) {
                    copy(jar, jar.getJarEntry(name), kept, zip);
                }
            }
        }
        long before = Files.size(file);
        Files.move(cleaned, file, StandardCopyOption.REPLACE_EXISTING);
        System.out.printf(
                Locale.ROOT,
                "%s: %,d kB instead of %,d%n",
                file.getFileName(),
                Files.size(file) >> 10,
                before >> 10);
    }

    private boolean isForeign(JarFile jar, JarEntry entry) {
        String name = entry.getName();
        if (entry.isDirectory() || name.endsWith(".class")) {
            return false;
        }
        if (OTHER_NAMES.matcher(name).matches()) {
            return true;
        }
        byte[] head = head(jar, entry);
        String form = HexFormat.of().formatHex(head);
        if (!form.startsWith("7f454c46")) {
            return head.length == HEAD && OTHER_FORMS.stream().anyMatch(form::startsWith);
        }
        ByteOrder order = head[5] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return ByteBuffer.wrap(head).order(order).getShort(18) != machine
                || OTHER_SYSTEMS.matcher(name).matches();
    }

    private static byte[] head(JarFile jar, JarEntry entry) {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readNBytes(HEAD);
        } catch (IOException e) {
            throw new UncheckedIOException(jar.getName() + ": " + entry, e);
        }
    }

    private static void copy(JarFile jar, JarEntry entry, Set<String> kept, ZipOutputStream zip)
            throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        zip.putNextEntry(copy);
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
            manifest(jar.getManifest(), kept).write(zip);
        } else {
            try (InputStream in = jar.getInputStream(entry)) {
                in.transferTo(zip);
            }
        }
        zip.closeEntry();
    }

    /** What a framework may choose from is what is there. */
    private static Manifest manifest(Manifest manifest, Set<String> kept) {
        String all = manifest.getMainAttributes().getValue("Bundle-NativeCode");
        if (all != null) {
            String left =
                    Arrays.stream(all.split(","))
                            .map(String::strip)
                            .filter(clause -> kept.contains(clause.split(";")[0].strip()))
                            .collect(Collectors.joining(","));
            manifest.getMainAttributes().putValue("Bundle-NativeCode", left);
        }
        return manifest;
    }
}
