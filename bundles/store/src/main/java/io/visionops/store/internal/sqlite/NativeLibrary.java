package io.visionops.store.internal.sqlite;

import io.visionops.support.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Keeps SQLite's native library in one file of a versioned folder. Left to itself the driver
 * unpacks a new copy at each start and leaves it behind when the process is killed.
 */
public final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String PATH = "org.sqlite.lib.path";
    private static final String PREFIX = "sqlite-";

    private final Path natives;

    /**
     * @param natives folder for libraries of this installation, not shared with another one
     */
    public NativeLibrary(Path natives) {
        this.natives = natives;
    }

    /**
     * Unpacks the library if need be and tells the driver. Does nothing where the distribution has
     * set the driver's place already, or after the driver has been told.
     */
    public void place() throws IOException {
        if (System.getProperty(PATH) != null) {
            return;
        }
        Path folder = natives.resolve(PREFIX + SQLiteJDBCLoader.getVersion());
        unpack(folder);
        System.setProperty(PATH, folder.toAbsolutePath().toString());
        removeOthers(folder);
    }

    private static void unpack(Path folder) throws IOException {
        Path file = folder.resolve(LibraryLoaderUtil.getNativeLibName());
        byte[] library = fromDriver();
        // A torn file of a crash must not be loaded; reading a megabyte costs less than that.
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), library)) {
            return;
        }
        Files.createDirectories(folder);
        // A process that has the old file mapped keeps it: a rename does not touch its contents.
        WholeFile.write(file, library, true);
    }

    private static byte[] fromDriver() throws IOException {
        String resource =
                LibraryLoaderUtil.getNativeLibResourcePath()
                        + "/"
                        + LibraryLoaderUtil.getNativeLibName();
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("the driver has no " + resource);
            }
            return in.readAllBytes();
        }
    }

    /** Libraries of other versions, and what a killed process left half written. */
    private void removeOthers(Path current) {
        try (Stream<Path> all = Files.walk(natives, 2)) {
            all.filter(path -> isLeftover(path, current)).forEach(NativeLibrary::remove);
        } catch (IOException failure) {
            LOG.debug("old native libraries stay", failure);
        }
    }

    private boolean isLeftover(Path path, Path current) {
        Path folder = path.getParent();
        if (folder == null || !Files.isRegularFile(path) || !natives.equals(folder.getParent())) {
            return false;
        }
        return folder.equals(current)
                ? path.getFileName().toString().matches(".*\\.(new|tmp)")
                : folder.getFileName().toString().startsWith(PREFIX);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
            Path folder = file.getParent();
            if (folder != null && isEmpty(folder)) {
                Files.delete(folder);
            }
        } catch (IOException inUse) {
            LOG.debug("{} stays", file, inUse);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
