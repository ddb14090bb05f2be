package io.visionops.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TraceReaderTest {

    private final TraceReader reader = new TraceReader(Path.of("/data"));

    /** As strace writes it with -xx. */
    private static String text(String plain) {
        return plain.chars()
                .mapToObj(one -> String.format(Locale.ROOT, "\\x%02x", one))
                .collect(Collectors.joining("", "\"", "\""));
    }

    /** The number of a file may be that of another before the call that closed it has returned. */
    @Test
    void aDescriptorThatIsGivenOutAgainWhileItsCloseIsUnderWayIsThatOfTheNewFile() {
        reader.line("1 openat(AT_FDCWD, " + text("/data/a") + ", O_WRONLY|O_CREAT, 0666) = 7");
        reader.line("1 close(7 <unfinished ...>");
        reader.line("2 openat(AT_FDCWD, " + text("/data/b") + ", O_WRONLY|O_CREAT, 0666) = 7");
        reader.line("1 <... close resumed>)      = 0");
        reader.line("2 write(7, " + text("xy") + ", 2) = 2");
        reader.line("2 fsync(7)                = 0");

        assertThat(reader.operations())
                .hasSize(4)
                .filteredOn(Operation.Write.class::isInstance)
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(((Operation.Write) one).bytes())
                                        .isEqualTo("xy".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsClosedIsNotFollowedAnyMore() {
        reader.line("1 openat(AT_FDCWD, " + text("/data/a") + ", O_WRONLY|O_CREAT, 0666) = 7");
        reader.line("1 close(7)                = 0");
        reader.line("1 write(7, " + text("xy") + ", 2) = 2");

        assertThat(reader.operations()).hasSize(1);
    }
}
