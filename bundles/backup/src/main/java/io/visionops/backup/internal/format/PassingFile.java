package io.visionops.backup.internal.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Files that nobody takes for whole: parts that are renamed later, and those of a scratch folder.
 */
public final class PassingFile {

    private PassingFile() {}

    /** Writes it anew; not synced. */
    public static OutputStream stream(Path file) throws IOException {
        return Channels.newOutputStream(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING));
    }
}
