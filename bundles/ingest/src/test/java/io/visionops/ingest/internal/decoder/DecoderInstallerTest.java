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

    /** In a machine of its own, whose cache folder is another. */
    @Test
    void filesThatHaveRottenOnTheDiskAreUnpackedAnew(@TempDir Path cache) throws Exception {
        assertThat(installAnew(cache)).contains("installed");
        Path library;
        try (var files = java.nio.file.Files.walk(cache)) {
            library = files.filter(file -> file.endsWith("libavutil.so.60")).findFirst().get();
        }
        var time = java.nio.file.Files.getLastModifiedTime(library);
        byte[] whole = java.nio.file.Files.readAllBytes(library);
        java.nio.file.Files.write(library, new byte[whole.length]);
        java.nio.file.Files.setLastModifiedTime(library, time);

        assertThat(installAnew(cache)).contains("installed");

        assertThat(library).hasBinaryContent(whole);
    }

    private static String installAnew(Path cache) throws Exception {
        return output(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Install.class.getName())
                        .redirectErrorStream(true));
    }

    /** What the other machine runs. */
    static final class Install {

        private Install() {}

        public static void main(String[] args) throws DecoderUnavailable {
            System.out.println("installed " + new DecoderInstaller().install().path());
        }
    }

    private static String output(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return text;
    }
}
