package io.visionops.ingest.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of a camera is its owner's alone, since it may hold a password. */
final class OwnersFile {

    private static final Logger LOG = LoggerFactory.getLogger(OwnersFile.class);

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");

    private OwnersFile() {}

    /** Closes it to others, and says so in the log. */
    static void close(Path path) throws IOException {
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(path);
        Set<PosixFilePermission> closed = EnumSet.copyOf(OWNER);
        closed.retainAll(now);
        if (now.equals(closed)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(path, closed);
            LOG.info(
                    "etc/{} was open to others ({}) and may hold a password: it is closed to them"
                            + " now",
                    path.getFileName(),
                    PosixFilePermissions.toString(now));
        } catch (IOException e) {
            LOG.warn(
                    "etc/{} is open to others ({}) and may hold a password: chmod 600",
                    path.getFileName(),
                    PosixFilePermissions.toString(now));
        }
    }
}
