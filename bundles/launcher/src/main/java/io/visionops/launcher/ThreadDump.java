package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.Folders;
import io.visionops.launcher.platform.Wait;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the threads of a Java machine that hangs were doing: it prints them at SIGQUIT, which needs
 * no tool that a runtime lacks.
 */
final class ThreadDump {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int KEPT = 5;
    private static final int MOST = 1 << 20;
    private static final String PREFIX = "hang-";
    private static final String END = "JNI global refs";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DataFolder data;

    ThreadDump(DataFolder data) {
        this.data = data;
    }

    /** Takes it, in two seconds at most; none of a machine that is stopped. */
    void of(long pid) {
        try {
            // A builtin of every shell: not each Linux has the program.
            Process signal =
                    new ProcessBuilder("sh", "-c", "kill -QUIT " + pid)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!signal.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                signal.destroyForcibly();
            }
            Wait.until(LIMIT, () -> printed().contains(END));
            if (printed().contains("Full thread dump")) {
                keep();
            }
        } catch (IOException e) {
            // It is ended all the same.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String printed() {
        try (RandomAccessFile log = new RandomAccessFile(data.consoleLog().toFile(), "r")) {
            log.seek(Math.max(0, log.length() - MOST));
            byte[] bytes = new byte[(int) (log.length() - log.getFilePointer())];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private void keep() throws IOException {
        Path file = data.log().resolve(PREFIX + NAME.format(Instant.now()) + ".txt");
        Files.copy(data.consoleLog(), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> files = Files.list(data.log())) {
            List<Path> dumps =
                    files.filter(one -> one.getFileName().toString().startsWith(PREFIX))
                            .sorted()
                            .toList();
            dumps.subList(0, Math.max(0, dumps.size() - KEPT)).forEach(Folders::tryRemove);
        }
    }
}
