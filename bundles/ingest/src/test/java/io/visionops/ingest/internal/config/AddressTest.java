package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

    @Test
    void partsAreFound() throws InvalidSetting {
        Address address = Address.parse("url", "rtsp://admin:p%40ss@cam.local:8554/live?x=1");

        assertThat(address.host()).isEqualTo("cam.local");
        assertThat(address.port()).isEqualTo(8554);
        assertThat(address.path()).isEqualTo("/live?x=1");
        assertThat(address.masked()).isEqualTo("rtsp://***@cam.local:8554/live?x=1");
    }

    @Test
    void portsOfTheSchemesAreKnown() throws InvalidSetting {
        assertThat(Address.parse("url", "rtsp://h/").port()).isEqualTo(554);
        assertThat(Address.parse("url", "https://h/").port()).isEqualTo(443);
        assertThat(Address.parse("url", "rtsp://[fe80::1]:99/").port()).isEqualTo(99);
        assertThat(Address.parse("url", "rtsp://[fe80::1]:99/").host()).isEqualTo("fe80::1");
    }

    @ParameterizedTest
    @CsvSource({
        "RTSP://u:p@Cam.Local/X, rtsp://u:p@cam.local/X",
        "rtsp://user@cam/x, rtsp://user:@cam/x",
        "rtsp://cam:554/x, rtsp://cam/x",
        "http://cam:80/x#part, http://cam/x",
        "rtsp://cam/x#part, rtsp://cam/x#part",
        "rtsp://[FE80::1%25eth0]/x, rtsp://[fe80::1%eth0]/x",
        "rtsp://[fe80::1%eth0]:99/x, rtsp://[fe80::1%eth0]:99/x",
        "rtsp://ü:p@ss:w@cam/ä?q=100%, rtsp://%C3%BC:p%40ss%3Aw@cam/%C3%A4?q=100%25",
        "rtsp://u:%41%zz@cam/a/./b/../c, rtsp://u:%41%25zz@cam/a/c"
    })
    void anAddressIsWrittenInOneWay(String written, String canonical) throws InvalidSetting {
        Address address = Address.parse("url", written);

        assertThat(address.url()).isEqualTo(canonical);
        assertThat(Address.parse("url", canonical)).isEqualTo(address);
    }

    @Test
    void aPathThatMayBeAPasswordIsNotShown() throws InvalidSetting {
        assertThat(Address.parse("url", "rtsp://admin:12345/secret@cam/x").masked())
                .isEqualTo("rtsp://***@cam/x");
    }

    @Test
    void secretsAreFoundInEveryFormInWhichTheyMayBePrinted() throws InvalidSetting {
        assertThat(Address.parse("url", "rtsp://admin:p%40ss@cam/").secrets())
                .containsExactlyInAnyOrder("admin:p%40ss", "admin:p@ss", "p%40ss", "p@ss");
        assertThat(Address.parse("url", "rtsp://admin:p@ss@cam/").secrets())
                .containsExactlyInAnyOrder("admin:p@ss", "p@ss", "admin:p%40ss", "p%40ss");
        assertThat(Address.parse("url", "rtsp://cam/").secrets()).isEmpty();
        assertThat(
                        Address.parse("url", "rtsp://cam:554/user=adm_password=tl_Jw_channel=1")
                                .secrets())
                .contains("tl_Jw");
    }

    @Test
    void loginsInPathAndQueryAreMasked() throws InvalidSetting {
        assertThat(Address.parse("url", "http://h/v?user=a&pwd=geheim&res=2").masked())
                .isEqualTo("http://h/v?user=a&pwd=***&res=2");
        assertThat(Address.parse("url", "rtsp://h/user=admin_password=abc_channel=1.sdp").masked())
                .isEqualTo("rtsp://h/user=admin_password=***_channel=1.sdp");
        assertThat(Address.mask("opening rtsp://a:b@h/x failed"))
                .isEqualTo("opening rtsp://***@h/x failed");
    }

    @Test
    void filesAndDevicesAreLocal() throws InvalidSetting {
        assertThat(Address.parse("url", "file:///srv/my clip.mp4").path())
                .isEqualTo("/srv/my clip.mp4");
        assertThat(Address.parse("url", "file:/srv/my%20clip.mp4").path())
                .isEqualTo("/srv/my clip.mp4");
        assertThat(Address.parse("url", "v4l2:/dev/video0").path()).isEqualTo("/dev/video0");
    }

    @Test
    void tokensInThePathAreHiddenAndTellCamerasApart() throws Exception {
        String host = "rtsps://u:p@nvr:7441/";
        Address one = Address.parse("url", host + "AbCdEf1234567890?enableSrtp");
        Address other = Address.parse("url", host + "ZyXwVu0987654321?enableSrtp");

        assertThat(one.masked())
                .isEqualTo("rtsps://***@nvr:7441/***?enableSrtp")
                .isEqualTo(other.masked());
        assertThat(one.secrets()).contains("u:p", "p", "AbCdEf1234567890");
        assertThat(one.identity())
                .startsWith(one.masked() + " ")
                .doesNotContain("AbCdEf")
                .isNotEqualTo(other.identity());
        Address plain = Address.parse("url", "rtsp://u:p@cam/h264Preview_01_main");
        assertThat(plain.identity()).isEqualTo(plain.masked()).doesNotContain("u:p");
    }

    @Test
    void theAddressInSettingsShowsItsHostAlone() {
        assertThat(source("rtsp://u:p/a@h/x?token=1")).isEqualTo("rtsp://***@h/***");
        assertThat(source("rtsp://h:554")).isEqualTo("rtsp://h:554");
        assertThat(source("http://h?pwd=x")).isEqualTo("http://h/***");
        assertThat(source("file:/srv/a.mp4")).isEqualTo("file:/srv/a.mp4");
        assertThat(source("file:///srv/a@b.mp4")).isEqualTo("file:///srv/a@b.mp4");
        assertThat(source("v4l2:/dev/video0")).isEqualTo("v4l2:/dev/video0");
    }

    private static String source(String url) {
        return new Source(url, List.of(), Source.Pace.NATIVE, false, Source.Transport.TCP).masked();
    }
}
