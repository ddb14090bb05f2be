package io.visionops.ingest.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderInstallerTest {

    @Test
    void theDecoderRunsWithoutTheLibrariesForScreensAndSound() throws Exception {
        Assumptions.assumeTrue(Loader.getPlatform().startsWith("linux-"));
        DecoderProgram program = new DecoderInstaller().install();
        ProcessBuilder builder =
                new ProcessBuilder(program.path().toString(), "-version").redirectErrorStream(true);
        builder.environment().putAll(program.environment());
        // The dynamic linker lists what it would load instead of running the program.
        builder.environment().put("LD_TRACE_LOADED_OBJECTS", "1");

        String listed = output(builder);

        for (String unused :
                List.of("libxcb.so.1", "libxcb-shm.so.0", "libasound.so.2", "libpulse.so.0")) {
            Path empty = program.folder().resolve("stubs").resolve(unused);
            assertThat(listed).contains(unused + " => " + empty);
        }
        assertThat(listed).doesNotContain("not found").doesNotContain("libX11");
    }

    @Test
    void itSaysNothingOfMissingVersions() throws Exception {
        DecoderProgram program = new DecoderInstaller().install();
        ProcessBuilder builder =
                new ProcessBuilder(program.path().toString(), "-hide_banner", "-version")
                        .redirectErrorStream(true);
        builder.environment().putAll(program.environment());

        assertThat(output(builder)).startsWith("ffmpeg version").doesNotContain("no version");
    }

    @Test
    void emptyLibrariesAreWrittenOnceAndRepaired(@TempDir Path folder) throws Exception {
        DecoderInstaller.writeEmptyLibraries(folder);
        Path one = folder.resolve("libpulse.so.0");
        long size = java.nio.file.Files.size(one);
        java.nio.file.Files.write(one, new byte[] {1});

        DecoderInstaller.writeEmptyLibraries(folder);

        assertThat(one).hasSize(size);
        try (var files = java.nio.file.Files.list(folder)) {
            assertThat(files).hasSize(4);
        }
    }

    private static String output(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return text;
    }
}
