package io.visionops.support.natives;

import io.visionops.support.BootId;
import io.visionops.support.WholeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Native files that were unpacked. A file of the right size and time is taken for whole, which
 * after a power cut may hold nothing but zeros: what differs from its original is removed here, so
 * that it is unpacked anew. Thread-safe; several may do it at once.
 */
public final class UnpackedFiles {

    /** Of the JDK: the build unpacks the decoder without any library. */
    private static final Logger LOG = System.getLogger(UnpackedFiles.class.getName());

    /** Where originals lie: in one of these, in a folder named like the platform. */
    private static final List<String> ORIGINALS =
            List.of("javacpp", "openblas", "opencv", "ffmpeg");

    private final Path cache;
    private final Function<Path, Optional<URL>> originals;

    /**
     * @param cache where they are unpacked to
     * @param originals what a file was unpacked from; empty for one that is none of ours
     */
    public UnpackedFiles(Path cache, Function<Path, Optional<URL>> originals) {
        this.cache = cache;
        this.originals = originals;
    }

    /**
     * What JavaCPP has unpacked.
     *
     * @param owner a class of the bundle that holds the originals
     */
    public static UnpackedFiles ofJavaCpp(Path cache, Class<?> owner) {
        return new UnpackedFiles(cache, file -> original(file, owner));
    }

    /**
     * Compares all of them once after each boot of the machine, which is when a disk may have lost
     * what it had promised; 0.5 s for 120 MB. To be called before the first is used.
     */
    public void checkOnceABoot() {
        Path checked = cache.resolve("checked");
        String boot = BootId.read().orElse("");
        if (boot.isEmpty()) {
            return;
        }
        try {
            if (!boot.equals(read(checked))) {
                removeDamaged();
                Files.createDirectories(cache);
                WholeFile.write(checked, (boot + "\n").getBytes(StandardCharsets.UTF_8), true);
            }
        } catch (IOException e) {
            // A folder that cannot be written: who uses the files will say so.
            LOG.log(Level.DEBUG, cache + " is not checked", e);
        }
    }

    /**
     * Removes those that differ from their originals.
     *
     * @return what was removed
     */
    public List<Path> removeDamaged() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(cache)) {
            files = all.filter(Files::isRegularFile).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<Path> damaged = files.stream().filter(this::isDamaged).toList();
        for (Path file : damaged) {
            LOG.log(Level.WARNING, file + " is damaged and is unpacked anew; look after the disk");
            Files.deleteIfExists(file);
        }
        return damaged;
    }

    /** A file that is none of ours is none of our business. */
    private boolean isDamaged(Path file) {
        return originals.apply(file).filter(original -> !isSame(original, file)).isPresent();
    }

    private static Optional<URL> original(Path file, Class<?> owner) {
        Path platform = file.getParent();
        if (platform == null) {
            return Optional.empty();
        }
        String name = platform.getFileName() + "/" + file.getFileName();
        return ORIGINALS.stream()
                .map(folder -> owner.getResource("/org/bytedeco/" + folder + "/" + name))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static boolean isSame(URL original, Path file) {
        try (InputStream right = new BufferedInputStream(original.openStream(), 1 << 16);
                InputStream there = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return isSame(right, there);
        } catch (IOException e) {
            LOG.log(Level.WARNING, file + " cannot be read: " + e);
            return false;
        }
    }

    private static boolean isSame(InputStream one, InputStream other) throws IOException {
        byte[] ones = new byte[1 << 16];
        byte[] others = new byte[1 << 16];
        while (true) {
            int length = one.readNBytes(ones, 0, ones.length);
            if (other.readNBytes(others, 0, others.length) != length) {
                return false;
            }
            if (Arrays.mismatch(ones, 0, length, others, 0, length) >= 0) {
                return false;
            }
            if (length < ones.length) {
                return true;
            }
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
