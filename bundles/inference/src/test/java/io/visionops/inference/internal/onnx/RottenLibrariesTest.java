package io.visionops.inference.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.inference.internal.motion.MotionDetector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each start is a Java machine of its own, whose folder for native files is another. */
@Timeout(120)
class RottenLibrariesTest {

    @TempDir private Path natives;

    @Test
    void aLibraryOfOnnxRuntimeThatHasRottenIsUnpackedAnew() throws Exception {
        assertThat(start("onnx")).contains("works");
        Path library = find("libonnxruntime.so");
        byte[] whole = Files.readAllBytes(library);
        Path checked = find("checked");

        Files.writeString(checked, "another boot\n");
        rot(library);
        assertThat(start("onnx")).as("by the check after a boot").contains("works");
        assertThat(library).hasBinaryContent(whole);

        rot(library);
        assertThat(start("onnx")).contains("was damaged; the next start");
        assertThat(start("onnx")).as("by the check after the failure").contains("works");
        assertThat(library).hasBinaryContent(whole);
    }

    @Test
    void aLibraryOfOpenCvThatHasRottenSinceTheBootIsUnpackedAtTheNextStart() throws Exception {
        assertThat(start("motion")).contains("works");
        Path library = find("libopencv_imgproc.so");
        byte[] whole = Files.readAllBytes(library);

        rot(library);
        assertThat(start("motion")).contains("no motion");
        assertThat(start("motion")).contains("works");

        assertThat(library).hasBinaryContent(whole);
    }

    /** By its beginning: names of OpenCV have a version. */
    private Path find(String name) throws IOException {
        try (Stream<Path> files = Files.walk(natives)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What a power cut leaves: a file of the right length and time. */
    private static void rot(Path library) throws IOException {
        FileTime time = Files.getLastModifiedTime(library);
        Files.write(library, new byte[(int) Files.size(library)]);
        Files.setLastModifiedTime(library, time);
    }

    private String start(String what) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Dorg.bytedeco.javacpp.cachedir=" + natives,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Start.class.getName(),
                                what,
                                natives.toString())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** What the other machine runs. */
    static final class Start {

        private Start() {}

        public static void main(String[] args) throws IOException {
            if (args[0].equals("onnx")) {
                OnnxRuntime.start(Path.of(args[1]));
                System.out.println("works");
            } else {
                System.out.println(
                        MotionDetector.unavailable()
                                .map(why -> "no motion: " + why)
                                .orElse("works"));
            }
        }
    }
}
