package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no film and no stream is said in plain words: never in ffmpeg's. */
class BrokenInputsTest {

    private static final String NO_VIDEO =
            "there is no video in it, or sound alone: take the address of the pictures";
    private static final String NO_FILM =
            "it is no film, or nothing but its beginning: copy it again";
    private static final String NEITHER =
            "what comes is neither video nor pictures, or nothing but their beginning";

    @TempDir Path folder;
    @TempDir Path media;
    private Rig rig;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.start();
    }

    @AfterEach
    void close() {
        rig.close();
        server.stop(0);
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(media.resolve(name), content);
    }

    private Path beginning(String name, Path of, double share) throws IOException {
        byte[] all = Files.readAllBytes(of);
        return file(name, Arrays.copyOf(all, (int) (all.length * share)));
    }

    private String served(String path, String type, byte[] body) {
        server.createContext(
                path,
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", type);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Path made(String name, String... arguments) throws Exception {
        Path file = media.resolve(name);
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = file.toString();
        Media.run(all);
        return file;
    }

    private static byte[] text(String words) {
        return words.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void eachIsSaidInPlainWords() throws Exception {
        Path clip = Media.clip(media, 320, 180, 10, 20);
        Path matroska = made("whole.mkv", "-i", clip.toString(), "-c", "copy");
        Path sound = made("sound.mp4", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac");
        Path picture = made("one.jpg", "-i", clip.toString(), "-frames:v", "1");
        Map<String, String> inputs = new LinkedHashMap<>();
        Map<String, String> words = new LinkedHashMap<>();
        inputs.put("empty", "file:" + file("empty.mp4", new byte[0]));
        words.put("empty", "the file is empty: copy it again");
        inputs.put("text", "file:" + file("text.mp4", text("no film at all")));
        words.put("text", NO_FILM);
        inputs.put("page", "file:" + file("page.html", text("<html></html>")));
        words.put("page", NEITHER);
        inputs.put("sound", "file:" + sound);
        words.put("sound", NO_VIDEO);
        inputs.put("cut", "file:" + beginning("cut.mp4", clip, 0.5));
        words.put("cut", "it is cut off, or still being written: copy it again when it is whole");
        inputs.put("begun", "file:" + beginning("begun.mkv", matroska, 0.01));
        words.put("begun", "no whole picture could be made of it: it is damaged, or cut off");
        inputs.put("folder", "file:" + Files.createDirectory(media.resolve("folder")));
        words.put("folder", "it is a folder: name a file in it");
        inputs.put("web", served("/page", "text/html", text("<html>log in</html>")));
        words.put("web", NEITHER);
        inputs.put("song", served("/song", "audio/mp4", Files.readAllBytes(sound)));
        words.put("song", NO_VIDEO);
        inputs.forEach((camera, url) -> rig.configure(camera, "url", url));
        rig.configure("one", "url", "file:" + picture, "pace", "asap");
        words.put("one", "there is not more than one picture in it: take a film");

        SoftAssertions softly = new SoftAssertions();
        words.forEach(
                (camera, said) -> {
                    Rig.soon().until(() -> rig.camera(camera).status().fault().isPresent());
                    Fault fault = rig.camera(camera).status().fault().orElseThrow();
                    softly.assertThat(fault.detail()).as(camera).isEqualTo(said);
                });
        softly.assertAll();
    }

    @Test
    void aFilmThatIsCutOffIsReadToThereAndSaidToBe() throws Exception {
        Path clip = Media.clip(media, 320, 180, 10, 20);
        Path matroska = made("whole.mkv", "-i", clip.toString(), "-c", "copy");
        rig.configure("front", "url", "file:" + beginning("cut.mkv", matroska, 0.5));

        rig.awaitState("front", CameraState.IDLE);

        assertThat(rig.camera("front").status().fault())
                .contains(
                        new Fault(
                                Cause.END_OF_STREAM,
                                "the file is cut off, and has been read to there: copy it again"));
    }

    @Test
    void aFileThatMayNotBeReadIsSaidToBe() throws Exception {
        Path hidden = file("hidden.mp4", new byte[10]);
        assumeThat(hidden.toFile().setReadable(false) && !Files.isReadable(hidden)).isTrue();
        rig.configure("front", "url", "file:" + hidden);

        rig.awaitState("front", CameraState.OFFLINE);

        assertThat(rig.camera("front").status().fault())
                .contains(
                        new Fault(
                                Cause.NOT_FOUND,
                                "it may not be read: give the user of VisionOps the right to"));
    }
}
