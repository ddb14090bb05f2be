package io.visionops.ingest.internal.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.ingest.internal.config.Address;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a camera is asked, without a secret and without its path. */
class GreetingTest {

    @ParameterizedTest
    @CsvSource({
        "rtsp://admin:s3cret@10.0.0.9/live?token=abc, OPTIONS rtsp://10.0.0.9:554/ RTSP/1.0",
        "rtsp://[fe80::1]:8554/live, OPTIONS rtsp://[fe80::1]:8554/ RTSP/1.0",
        "http://user:s3cret@camera.local/mjpeg, HEAD / HTTP/1.0",
        "rtsps://10.0.0.9/live, ''",
        "https://10.0.0.9/live, ''"
    })
    void itNeedsNoLogin(String url, String firstLine) throws Exception {
        String said = new String(Greeting.of(Address.parse("url", url)), StandardCharsets.US_ASCII);

        assertThat(said.lines().findFirst().orElse("")).isEqualTo(firstLine);
        assertThat(said).doesNotContain("s3cret").doesNotContain("abc");
    }
}
