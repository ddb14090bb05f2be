package io.visionops.health.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {

    @TempDir Path folder;

    private final LongSupplier elsewhere = () -> 17;

    private long read(String status) throws IOException {
        Path file = Files.writeString(folder.resolve("status"), status);
        return new ResidentMemory(file, elsewhere).getAsLong();
    }

    @Test
    void itIsTakenFromItsLineInKilobytes() throws IOException {
        assertThat(
                        read(
                                "Name:\tVmRSS:\nVmHWM:\t  300000 kB\nVmRSS:\t  262144 kB\nRssAnon:\t 1 kB\n"))
                .isEqualTo(256L << 20);
    }

    @Test
    void whereTheLineOrTheFileIsMissingTheOtherSourceIsAsked() throws IOException {
        assertThat(read("Name:\tjava\n")).isEqualTo(17);
        assertThat(read("")).isEqualTo(17);
        assertThat(new ResidentMemory(folder.resolve("none"), elsewhere).getAsLong()).isEqualTo(17);
    }

    @Test
    void thisProcessHasSomeMegabytes() {
        assertThat(ResidentMemory.orElse(() -> 64L << 20).getAsLong())
                .isBetween(8L << 20, 64L << 30);
    }
}
