package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.discovery.Device;
import io.visionops.api.discovery.Device.Stream;
import io.visionops.api.discovery.Discovery;
import io.visionops.api.discovery.DiscoveryException;
import io.visionops.api.discovery.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CameraDiscoverTest extends ShellTest {

    private static final Device GATE =
            new Device(
                    "10.0.0.5",
                    "Gate",
                    "ACME",
                    "Dome 4",
                    List.of(
                            new Stream("Main", "H264", 1920, 1080, 25, "rtsp://10.0.0.5/1", false),
                            new Stream("Sub", "H264", 640, 360, 10, "rtsp://10.0.0.5/2", true)),
                    Optional.empty(),
                    List.of("its clock is 90 s behind this computer's"));

    private static final Device SHY =
            new Device(
                    "10.0.0.6",
                    "",
                    "",
                    "",
                    List.of(),
                    Optional.of("the device tells its streams only after a login"),
                    List.of());

    private final FakeDiscovery discovery = new FakeDiscovery();

    /** Remembers what was asked for. */
    private static final class FakeDiscovery implements Discovery {

        final List<Search> searches = new ArrayList<>();
        List<Device> found = List.of(GATE, SHY);

        @Override
        public List<Device> discover(Search search) throws DiscoveryException {
            searches.add(search);
            if (search.hosts().contains("bad/host")) {
                throw new DiscoveryException("bad/host: must be HOST or HOST:PORT");
            }
            return found;
        }
    }

    @BeforeEach
    void offer() {
        console.offer(Discovery.class, discovery);
    }

    @Test
    void devicesAreListedWithTheStreamToTake() {
        String printed = console.run("camera-discover");

        assertThat(printed)
                .containsPattern(
                        "10.0.0.5 .*Gate .*ACME Dome 4 .*Sub .*H264 .*640x360 .*10.0"
                                + " .*rtsp://10.0.0.5/2 .*yes")
                .contains("10.0.0.6: the device tells its streams only after a login\n")
                .contains("10.0.0.5: its clock is 90 s behind this computer's\n")
                .contains("  camera-add camera-10-0-0-5 'rtsp://10.0.0.5/2'\n");
        assertThat(discovery.searches)
                .containsExactly(
                        new Search(List.of(), Optional.empty(), 640, Duration.ofSeconds(5)));
    }

    @Test
    void jsonHasTheSameFacts() {
        assertThat(console.run("camera-discover 10.0.0.5 --timeout 10s --json"))
                .isEqualTo(
                        """
                        [{"host":"10.0.0.5","name":"Gate","manufacturer":"ACME","model":"Dome 4",\
                        "streams":[{"profile":"Main","codec":"H264","width":1920,"height":1080,\
                        "fps":25.0,"url":"rtsp://10.0.0.5/1","recommended":false},\
                        {"profile":"Sub","codec":"H264","width":640,"height":360,"fps":10.0,\
                        "url":"rtsp://10.0.0.5/2","recommended":true}],"problem":null,\
                        "notes":["its clock is 90 s behind this computer's"],\
                        "add":"camera-add camera-10-0-0-5 'rtsp://10.0.0.5/2'"},\
                        {"host":"10.0.0.6","name":"","manufacturer":"","model":"","streams":[],\
                        "problem":"the device tells its streams only after a login","notes":[],\
                        "add":null}]
                        """);
        assertThat(discovery.searches.get(0).hosts()).containsExactly("10.0.0.5");
        assertThat(discovery.searches.get(0).limit()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aPasswordComesFromAFileAndIsNotPrinted() throws IOException {
        Path file = Files.writeString(folder.resolve("pw"), "s3cret \nmore\n");

        String printed = console.run("camera-discover --user 'ad min' --password-file " + file);

        assertThat(discovery.searches.get(0).login())
                .contains(new Search.Login("ad min", "s3cret "));
        assertThat(printed)
                .contains("camera-add camera-10-0-0-5 'rtsp://10.0.0.5/2' --user 'ad min'\n")
                .doesNotContain("s3cret");
        assertThat(discovery.searches.get(0).toString()).doesNotContain("s3cret");
    }

    @Test
    void whatIsWrongIsOneLine() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "");
        Path endless = Files.writeString(folder.resolve("long"), "x".repeat(100_000));

        assertThat(console.fail("camera-discover bad/host"))
                .isEqualTo("bad/host: must be HOST or HOST:PORT\n");
        assertThat(console.fail("camera-discover --timeout 1m"))
                .isEqualTo("--timeout 1m: must be 1s to 60s\n");
        assertThat(console.fail("camera-discover --password-file x"))
                .isEqualTo("--password-file needs --user\n");
        assertThat(console.fail("camera-discover --user a --password-file " + folder + "/none"))
                .isEqualTo(folder + "/none cannot be read: NoSuchFileException\n");
        assertThat(console.fail("camera-discover --user a --password-file " + empty))
                .isEqualTo(empty + " is empty\n");
        assertThat(console.fail("camera-discover --user a --password-file " + endless))
                .isEqualTo(endless + " is longer than 1024 characters\n");
        assertThat(console.fail("camera-discover --user a"))
                .isEqualTo(
                        "there is no terminal to ask for the password: give --password-file"
                                + " FILE\n");
    }

    @Test
    void nothingFoundSaysWhatToDo() {
        discovery.found = List.of();

        assertThat(console.run("camera-discover")).contains("no camera answers: name its host");
        assertThat(console.run("camera-discover --json")).isEqualTo("[]\n");
    }
}
