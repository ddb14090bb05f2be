package io.visionops.ingest.internal.decoder;

import io.visionops.support.WholeFile;
import io.visionops.support.natives.UnpackedFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;

/**
 * Unpacks the decoder program and makes it run on a machine that has no more than a JDK: libraries
 * for capturing screens and sound, which it is linked to and never uses, are replaced by empty
 * ones. With these it also starts three times faster and takes 3 MB less per camera.
 */
public final class DecoderInstaller implements SharedDecoder.Installer {

    private static final String RESOURCES = "/org/bytedeco/ffmpeg/";
    private static final long TRIAL_SECONDS = 20;

    private static final List<String> FILES =
            List.of(
                    "libavutil.so.60",
                    "libswresample.so.6",
                    "libswscale.so.9",
                    "libavcodec.so.62",
                    "libavformat.so.62",
                    "libavfilter.so.11",
                    "libavdevice.so.62",
                    "libdrm.so.2",
                    "libva.so.2",
                    "libva-drm.so.2",
                    "ffmpeg");

    /** Library to the symbol versions that FFmpeg's device library asks of it. */
    private static final Map<String, List<String>> UNUSED =
            Map.of(
                    "libxcb.so.1", List.of(),
                    "libxcb-shm.so.0", List.of(),
                    "libasound.so.2", List.of("ALSA_0.9", "ALSA_0.9.0rc4"),
                    "libpulse.so.0", List.of("PULSE_0"));

    private static final String PACKAGES = "libxcb1 libxcb-shm0 libasound2 libpulse0";

    /**
     * Unpacks, once, into JavaCPP's cache folder, and tries the program; takes well under a second
     * when it is there already.
     *
     * @throws DecoderUnavailable when it cannot be made to run
     */
    @Override
    public DecoderProgram install() throws DecoderUnavailable {
        try {
            UnpackedFiles unpacked = UnpackedFiles.ofJavaCpp(cache(), Loader.class);
            unpacked.checkOnceABoot();
            try {
                return tried(unpack());
            } catch (DecoderUnavailable e) {
                if (unpacked.removeDamaged().isEmpty()) {
                    throw e;
                }
                return tried(unpack());
            }
        } catch (IOException e) {
            throw new DecoderUnavailable("the decoder cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private static Path cache() throws IOException {
        return Loader.getCacheDir().toPath();
    }

    private static Path unpack() throws IOException, DecoderUnavailable {
        String platform = Loader.getPlatform();
        if (!platform.startsWith("linux-")) {
            throw new DecoderUnavailable("no decoder is shipped for " + platform);
        }
        Path program = Path.of("");
        for (String name : FILES) {
            File file = Loader.cacheResource(Loader.class, RESOURCES + platform + "/" + name);
            if (file == null) {
                throw new DecoderUnavailable(
                        "the part natives has no " + name + " for " + platform);
            }
            program = file.toPath();
        }
        if (!Files.isExecutable(program) && !program.toFile().setExecutable(true)) {
            throw new DecoderUnavailable("cannot make executable: " + program);
        }
        return program.toAbsolutePath();
    }

    private static DecoderProgram tried(Path ffmpeg) throws IOException, DecoderUnavailable {
        Path folder = ffmpeg.getParent();
        if (folder == null) {
            throw new IOException("no folder: " + ffmpeg);
        }
        Path empty = writeEmptyLibraries(folder.resolve("stubs"));
        String withEmpty = trial(ffmpeg, folder + File.pathSeparator + empty);
        if (withEmpty.isEmpty()) {
            return program(ffmpeg, folder + File.pathSeparator + empty);
        }
        String plain = trial(ffmpeg, folder.toString());
        if (plain.isEmpty()) {
            return program(ffmpeg, folder.toString());
        }
        throw new DecoderUnavailable(
                "the decoder does not run ("
                        + plain
                        + "); under Debian try: apt-get install "
                        + PACKAGES);
    }

    private static DecoderProgram program(Path ffmpeg, String libraries) {
        return new DecoderProgram(ffmpeg, environment(libraries));
    }

    /** Immediate binding, which somebody may have asked for, would miss the empty functions. */
    private static Map<String, String> environment(String libraries) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LD_LIBRARY_PATH", libraries);
        environment.put("LD_BIND_NOW", "");
        environment.put("AV_LOG_FORCE_NOCOLOR", "1");
        return environment;
    }

    static Path writeEmptyLibraries(Path folder) throws IOException {
        short machine = (short) (Loader.getPlatform().endsWith("arm64") ? 183 : 62);
        Files.createDirectories(folder);
        for (Map.Entry<String, List<String>> one : UNUSED.entrySet()) {
            byte[] library = StubLibrary.bytes(machine, one.getKey(), one.getValue());
            Path target = folder.resolve(one.getKey());
            if (!Files.exists(target) || !Arrays.equals(Files.readAllBytes(target), library)) {
                // Tests of several modules share a folder, and write it at the same time.
                WholeFile.writeAmongOthers(target, library, true);
            }
        }
        return folder;
    }

    /** Runs it once; empty when all is well, otherwise what it said. */
    private static String trial(Path ffmpeg, String libraries) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(ffmpeg.toString(), "-hide_banner", "-version")
                        .redirectErrorStream(true);
        builder.environment().putAll(environment(libraries));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            // What it says fits into the pipe, so it can be read when it is over.
            if (!process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS)) {
                return "it hangs";
            }
            byte[] said = process.getInputStream().readAllBytes();
            String words = new String(said, StandardCharsets.ISO_8859_1).strip();
            if (process.exitValue() == 0 && words.startsWith("ffmpeg version")) {
                return "";
            }
            return words.isEmpty() ? "exit code " + process.exitValue() : firstLine(words);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String firstLine(String words) {
        return words.lines().findFirst().orElse(words);
    }
}
