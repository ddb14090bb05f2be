package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the archive, and what it asks of the machine. */
class ArchiveIT {

    /** A program or library of the platform that the archive is made for. */
    private record Library(String jar, String name, List<String> needed) {}

    @Test
    void noLibraryNeedsOneThatNeitherTheArchiveNorAHeadlessJdkBrings() throws Exception {
        List<Library> libraries = libraries();
        Set<String> inArchive = new HashSet<>();
        libraries.forEach(library -> inArchive.add(library.name()));
        // Those that take the place of what ffmpeg is linked to and never uses.
        try (Stream<Path> empty = Files.list(Ffmpeg.program().folder().resolve("stubs"))) {
            empty.forEach(file -> inArchive.add(file.getFileName().toString()));
        }

        assertThat(libraries)
                .extracting(Library::name)
                .contains("ffmpeg", "libopencv_video.so.413", "libonnxruntime4j_jni.so");
        for (Library library : libraries) {
            assertThat(library.needed())
                    .as("%s in %s", library.name(), library.jar())
                    .allMatch(name -> isIn(inArchive, name) || SystemLibraries.contains(name));
        }
    }

    /** ONNX Runtime loads a library by its path first that then serves under a longer name. */
    private static boolean isIn(Set<String> archive, String name) {
        return archive.stream().anyMatch(one -> name.equals(one) || name.startsWith(one + "."));
    }

    @Test
    void nothingIsShippedThatNobodyAskedFor() throws Exception {
        try (Stream<Path> files = Files.walk(Instance.HOME)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(
                            name ->
                                    name.matches(
                                            "(jetty-(client|continuation|jmx|servlets)|sshd-scp"
                                                    + "|org\\.apache\\.karaf\\.(event|shell\\.groovy"
                                                    + "|scr\\.management|webconsole\\.(gogo|instance)"
                                                    + "|kar\\.|instance|management|wrapper)"
                                                    + "|org\\.apache\\.felix\\.webconsole\\.plugins"
                                                    + "\\.(event|memoryusage)"
                                                    + "|pax-logging-logback|org\\.eclipse\\.osgi)"
                                                    + ".*\\.jar"));
        }
        assertThat(libraries())
                .extracting(Library::name)
                .noneMatch(
                        name -> name.matches(".*(highgui|videoio|objdetect|openblas_|ffprobe).*"))
                .noneMatch(name -> name.matches("libjni(openblas|av|sw|postproc).*"));
    }

    /** By what it begins with, or how it is named, or the folder of its system. */
    @Test
    void everyLibraryIsForThePlatformOfTheArchive() throws Exception {
        List<String> foreign = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Instance.HOME)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".jar")).toList()) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    jar.stream()
                            .filter(entry -> isForeign(jar, entry))
                            .forEach(entry -> foreign.add(file.getFileName() + "!" + entry));
                }
            }
        }

        assertThat(foreign).isEmpty();
    }

    private static boolean isForeign(JarFile jar, JarEntry entry) {
        String name = entry.getName().toLowerCase(Locale.ROOT);
        if (entry.isDirectory() || name.endsWith(".class")) {
            return false;
        }
        if (name.matches(".*\\.(dll|dylib|jnilib|exe)")) {
            return true;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] head = in.readNBytes(65);
            boolean elf = head.length > 4 && head[0] == 0x7f && head[1] == 'E';
            return elf
                    ? !ElfFile.is(head)
                            || ElfFile.of(head).machine() != ElfFile.X86_64
                            || name.matches(".*(bsd|sunos|musl|android).*/.*")
                    : name.matches(".*\\.(so|a)(\\.\\d+)*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Library> libraries() throws IOException {
        List<Library> libraries = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Instance.HOME)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".jar")).toList()) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    add(jar, libraries);
                }
            }
        }
        return libraries;
    }

    private static void add(JarFile jar, List<Library> libraries) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            String path = entry.getName().toLowerCase(Locale.ROOT);
            if (entry.isDirectory()
                    || path.endsWith(".class")
                    || !path.contains("linux")
                    || path.contains("musl")
                    || path.contains("android")) {
                continue;
            }
            byte[] bytes = jar.getInputStream(entry).readAllBytes();
            if (ElfFile.is(bytes) && ElfFile.of(bytes).machine() == ElfFile.X86_64) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                libraries.add(new Library(jar.getName(), name, ElfFile.of(bytes).needed()));
            }
        }
    }
}
