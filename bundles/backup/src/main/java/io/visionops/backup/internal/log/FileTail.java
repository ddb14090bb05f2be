package io.visionops.backup.internal.log;

import io.visionops.api.log.LogLine;
import io.visionops.api.log.LogTail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads on at the end of the event log, across the beginning of a new file. For one thread. */
final class FileTail implements LogTail {

    /** Of one call; whoever follows a log that grows faster is behind. */
    private static final int MOST = 4 * 1024 * 1024;

    private final LogFolder folder;
    private final LineFilter filter;

    /** Of the file that was read last; null before there is one. */
    private @Nullable Object key;

    private long position;

    FileTail(LogFolder folder, LineFilter filter) throws IOException {
        this.folder = folder;
        this.filter = filter;
        this.key = LogFolder.key(folder.current());
        this.position = size(folder.current());
    }

    private static long size(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.size();
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    @Override
    public List<LogLine> next() throws IOException {
        List<LogLine> lines = new ArrayList<>();
        Object now = LogFolder.key(folder.current());
        if (key != null && !Objects.equals(now, key)) {
            Optional<Path> before = folder.renamed(key);
            if (before.isPresent()) {
                read(before.get(), lines);
            }
            position = 0;
        }
        key = now;
        read(folder.current(), lines);
        return lines;
    }

    private void read(Path file, List<LogLine> lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long behind = channel.size() - position;
            if (behind > MOST) {
                position = channel.size() - MOST;
            } else if (behind < 0) {
                position = 0;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - position));
            long from = position;
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
                // Once more.
            }
            parse(Arrays.copyOf(bytes.array(), bytes.position()), lines);
        } catch (NoSuchFileException gone) {
            position = 0;
        }
    }

    /** A line that is not complete yet is read again. */
    private void parse(byte[] bytes, List<LogLine> lines) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                LineFilter.read(new String(bytes, start, i - start, StandardCharsets.UTF_8))
                        .filter(filter::matches)
                        .ifPresent(lines::add);
                start = i + 1;
            }
        }
        position += start;
    }

    @Override
    public void close() {
        key = null;
    }
}
