package io.visionops.ingest.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.LoginScheme;
import io.visionops.api.camera.Source;
import io.visionops.api.child.ChildSpec;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderCommand;
import io.visionops.ingest.internal.decoder.DecoderInstaller;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.testkit.TlsFront;
import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.Login;
import io.visionops.testkit.rtsp.TestVideos;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real decoder gives no password to who has another certificate. */
@Tag("slow")
class PinTest {

    private static final Login LOGIN = new Login("viewer", "s3cret", false);

    @TempDir static Path media;
    private static DecoderProgram program;
    private static TestVideos videos;

    @TempDir Path folder;
    private HostileCamera camera;
    private TlsFront front;
    private TrustStore store;

    @BeforeAll
    static void makeVideos() throws Exception {
        program = new DecoderInstaller().install();
        videos = TestVideos.make(media, program.path(), program.environment());
    }

    @BeforeEach
    void start() throws Exception {
        camera = HostileCamera.start(videos, 0, Optional.of(LOGIN));
        front = TlsFront.before(camera.port(), folder);
        store = new TrustStore(folder.resolve("it's ours"));
    }

    @AfterEach
    void stop() throws IOException {
        front.close();
        camera.close();
    }

    private Trust trust(Address address) {
        return new Trust("front", List.of(address), store, Ticker.system(), Clock.systemUTC());
    }

    /** By a number there is no name to compare; by a name there is. */
    @ParameterizedTest
    @ValueSource(strings = {"rtsps://viewer:s3cret@127.0.0.1", "https://viewer:s3cret@localhost"})
    void theDecoderIsHeldToTheCertificate(String start) throws Exception {
        String end = ":" + front.port() + "/front";
        Address address = Address.parse("url", start + end);
        Clearance first = trust(address).clear(address);
        assertThat(first.pin()).isEmpty();
        trust(address).succeeded(address, first);

        Clearance known = trust(address).clear(address);

        assertThat(known.pin()).isPresent();
        assertThat(said(address, known)).contains("frame=");
        assertThat(camera.given()).isNotEmpty();

        String endpoint = trust(address).list().get(0).endpoint();
        Shown other =
                new Shown(
                        LoginScheme.BASIC, Optional.of(TestCertificates.make(folder, "CN=camera")));
        store.put("front", endpoint, other, Set.of(endpoint));

        // Told apart from what the first decoder said last, which may come late.
        Address later = Address.parse("url", start.replace("s3cret", "later") + end);
        assertThat(said(later, known)).contains("certificate verify failed");
        assertThat(camera.given()).doesNotContain(basic("viewer:later"));
    }

    private static String basic(String login) {
        byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    /** The words of a decoder that is given this. */
    private String said(Address address, Clearance clearance) throws Exception {
        Source source =
                new Source(
                        address.url(), List.of(), Source.Pace.NATIVE, false, Source.Transport.TCP);
        ChildSpec spec =
                new DecoderCommand(program, source, 5, 320)
                        .spec(
                                "front",
                                address,
                                clearance.pin(),
                                Source.Transport.TCP,
                                true,
                                DecoderCommand.Supply.STREAM);
        Path words = folder.resolve("words");
        ProcessBuilder builder = new ProcessBuilder(spec.command());
        builder.environment().putAll(spec.environment());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(words.toFile());
        Process process = builder.start();
        process.getOutputStream().write(spec.input().getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        if (!process.waitFor(4, TimeUnit.SECONDS)) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
        return Files.readString(words);
    }
}
