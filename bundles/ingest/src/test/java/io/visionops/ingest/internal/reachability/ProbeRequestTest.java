package io.visionops.ingest.internal.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.ingest.internal.config.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a camera is asked, without a secret, and what is an answer. */
class ProbeRequestTest {

    @ParameterizedTest
    @CsvSource({
        "rtsp://admin:s3cret@10.0.0.9/live?token=abc, OPTIONS rtsp://10.0.0.9:554/live RTSP/1.0",
        "rtsp://[fe80::1]:8554/live, OPTIONS rtsp://[fe80::1]:8554/live RTSP/1.0",
        "rtsp://10.0.0.9/user=admin_password=s3cret_channel=1, OPTIONS rtsp://10.0.0.9:554/ RTSP/1.0",
        "http://user:s3cret@camera.local/mjpeg, HEAD / HTTP/1.0",
        "rtsps://10.0.0.9/live, ''",
        "https://10.0.0.9/live, ''"
    })
    void itNeedsNoLogin(String url, String firstLine) throws Exception {
        String said = ProbeRequest.of(Address.parse("url", url)).words();

        assertThat(said.lines().findFirst().orElse("")).isEqualTo(firstLine);
        assertThat(said).doesNotContain("s3cret").doesNotContain("abc");
    }

    @ParameterizedTest
    @CsvSource({
        "'RTSP/1.0 200 OK|CSeq: 1||', true",
        "'RTSP/1.0 401 Unauthorized||', true",
        "'RTSP/1.0 200 OK|CSeq: 1|', false",
        "'HTTP/1.0 400 Bad Request||', false",
        "'', false"
    })
    void anAnswerOfRtspIsAWholeOne(String reply, boolean answer) throws Exception {
        ProbeRequest greeting = ProbeRequest.of(Address.parse("url", "rtsp://10.0.0.9/live"));

        assertThat(greeting.isAnsweredBy(reply.replace("|", "\r\n"))).isEqualTo(answer);
    }
}
