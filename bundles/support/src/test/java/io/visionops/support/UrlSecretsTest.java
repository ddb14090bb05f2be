package io.visionops.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSecretsTest {

    @Test
    void loginsAreHiddenWhateverTheyHold() {
        assertThat(
                        UrlSecrets.mask(
                                "open rtsp://u:p:/@?#@[::1]:554/x\tand (HTTP://a@b/c) failed,"
                                        + " mail me@here, rtsp://h/x"))
                .isEqualTo(
                        "open rtsp://***@[::1]:554/x\tand (HTTP://***@b/c) failed,"
                                + " mail me@here, rtsp://h/x");
    }

    @Test
    void ofAWholeValueAllBeforeTheLastAtIsHiddenThoughItIsNoAddress() {
        assertThat(UrlSecrets.maskValue("u:p@h")).isEqualTo("***@h");
        assertThat(UrlSecrets.maskValue("rtsp//u:p@q@h/x")).isEqualTo("***@h/x");
        assertThat(UrlSecrets.maskValue("rtsp://u: p@h/x?pwd=1"))
                .isEqualTo("rtsp://***@h/x?pwd=***");
        assertThat(UrlSecrets.maskValue("a@rtsp://h")).isEqualTo("***@rtsp://h");
        assertThat(UrlSecrets.maskValue("0.5")).isEqualTo("0.5");
    }

    @Test
    void parametersOfALoginAreHiddenUpToTheNextOne() {
        assertThat(UrlSecrets.mask("/v?user=a&PWD=geheim&res=2&token=1#x"))
                .isEqualTo("/v?user=a&PWD=***&res=2&token=***#x");
        assertThat(UrlSecrets.mask("/user=admin_password=a_b_channel=1_stream=0.sdp"))
                .isEqualTo("/user=admin_password=***_channel=1_stream=0.sdp");
        assertThat(UrlSecrets.mask("/password=_x=&pass=&pass==a b=c"))
                .isEqualTo("/password=***&pass=&pass=*** b=c");
        assertThat(UrlSecrets.ofPath("/?pass=a&secret=b_c/d")).containsExactly("a", "b_c");
    }

    /** As cameras and recorders of these makers give them out. */
    @ParameterizedTest
    @CsvSource({
        "rtsp://host/h264Preview_01_main?user=admin&password=x,"
                + " rtsp://host/h264Preview_01_main?user=admin&password=***",
        "http://host/cgi-bin/api.cgi?cmd=Snap&channel=0&user=admin&password=Pa55,"
                + " http://host/cgi-bin/api.cgi?cmd=Snap&channel=0&user=admin&password=***",
        "http://host/videostream.cgi?loginuse=admin&loginpas=x&rate=0,"
                + " http://host/videostream.cgi?loginuse=admin&loginpas=***&rate=0",
        "http://host/video.cgi?usr=admin&pwd=x, http://host/video.cgi?usr=admin&pwd=***",
        "rtsp://host/live?auth=YWRtaW46eA==, rtsp://host/live?auth=***",
        "https://host/hls/a.m3u8?expires=17&sig=a&key=b&access_key=c,"
                + " https://host/hls/a.m3u8?expires=17&sig=***&key=***&access_key=***",
        "rtsps://host:7441/AbCdEf1234567890?enableSrtp, rtsps://host:7441/***?enableSrtp",
        "rtsps://host:7441/kTqPzXvBnMwRsYhJ?enableSrtp, rtsps://host:7441/***?enableSrtp",
        "(rtsp://host/live/da39a3ee5e6b4b0d3255bfef95601890afd80709)," + " (rtsp://host/live/***)",
        "rtsp://host/3F2504E0-4F89-11D3-9A0C-0305E82C3301/main, rtsp://host/***/main",
        "https://host/v/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r/a,"
                + " https://host/v/***/a",
        "rtsp://u:p@host/live/Zm9vYmFyYmF6cXV4-x_1.sdp, rtsp://***@host/live/***"
    })
    void whatOpensACameraIsHiddenInItsAddress(String address, String masked) {
        assertThat(UrlSecrets.mask(address)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://host/Streaming/Channels/101?transportmode=unicast&profile=Profile_1",
                "rtsp://host/ISAPI/Streaming/channels/102/httpPreview",
                "rtsp://host/cam/realmonitor?channel=1&subtype=0&unicast=true&proto=Onvif",
                "rtsp://host/h264Preview_01_main",
                "rtsp://host/h265Preview_01_sub",
                "rtsp://host/stream1",
                "rtsp://host/axis-media/media.amp?videocodec=h264&resolution=1920x1080",
                "rtsp://host/live/ch00_0.sdp",
                "rtsp://host/onvif/profile1/media.smp",
                "rtsp://host/rtsp_tunnel?h26x=4&line=1&inst=1",
                "rtsp://host/MediaInput/h264/stream_1",
                "rtsp://host/h265_stream_profile2_1920x1080",
                "rtsp://host/unicast/c1/s0/live",
                "rtsp://host/profile_1_ch_2_1920x1080_25_fps_h264",
                "rtsp://host/videoinput_1:0/h264_1/onvif.stm",
                "rtsp://host/DefaultPrimaryStreamOfTheCamera",
                "rtsp://a1b2c3d4e5f6a7b8c9d0.example.org/main",
                "file:///srv/20241128T123456/3f2504e0-4f89-11d3-9a0c-0305e82c3301.mp4",
                "option key=value, sid=4",
                "/data/da39a3ee5e6b4b0d3255bfef95601890afd80709"
            })
    void ordinaryAddressesStayReadable(String address) {
        assertThat(UrlSecrets.mask(address)).isEqualTo(address);
    }

    @Test
    void ofAPathTheSecretsAreKnownThatMustNotStandElsewhere() {
        assertThat(UrlSecrets.ofPath("/live/AbCdEf1234567890?enableSrtp&password=x&sig=abcdefg"))
                .containsExactly("x", "abcdefg", "AbCdEf1234567890");
        // The word would be hidden wherever it stands.
        assertThat(UrlSecrets.ofPath("/live?key=1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "://", "pass=_", "_", "pass=&", "pass=", "@", "://@ ", "=", "a_=", "?key=", "/aB3"
            })
    void linesThatAreMadeForItTakeNoTime(String piece) {
        String line = "x://pass=" + piece.repeat(100_000 / piece.length());
        long began = System.nanoTime();

        UrlSecrets.mask(line);
        UrlSecrets.ofPath(line);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }
}
