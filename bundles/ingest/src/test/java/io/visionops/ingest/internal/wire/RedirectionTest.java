package io.visionops.ingest.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.support.network.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://CAM.example/other",
                "rtsp://cam.example:8554/x?y#z",
                "rtsp://a:b@cam.example/x",
                "rtsps://cam.example",
                "/relative",
                "",
                "elsewhere"
            })
    void theSameHostIsNotElsewhere(String place) throws InvalidSetting {
        assertThat(Redirection.elsewhere(address("rtsp://u:p@cam.example/x"), moved(place)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://192.0.2.66/steal, rtsp://192.0.2.66/steal",
        "rtsp://cam.example@evil.example/x, rtsp://***@evil.example/x",
        "rtsp://cam.example:554\\@evil.example, rtsp://***@evil.example",
        "rtsp://cam.example.evil.example/cam.example, rtsp://cam.example.evil.example/cam.example",
        "rtsp:///cam.example, rtsp:///cam.example",
        "rtsp://[::1]/x, rtsp://[::1]/x",
    })
    void anotherHostIsNamed(String place, String shown) throws InvalidSetting {
        assertThat(Redirection.elsewhere(address("rtsp://u:p@cam.example/x"), moved(place)))
                .contains(shown);
    }

    @ParameterizedTest
    @CsvSource({"rtsp://[fd00::1]/y, false", "rtsp://[FD00::1]:554, false", "rtsp://[::1]/, true"})
    void addressesAreComparedWithoutTheirBrackets(String place, boolean elsewhere)
            throws InvalidSetting {
        assertThat(
                        Redirection.elsewhere(address("rtsp://u:p@[fd00::1]/x"), moved(place))
                                .isPresent())
                .isEqualTo(elsewhere);
    }

    @ParameterizedTest
    @CsvSource({"rtsp://cam.example/x, true", "rtsps://cam.example/x, false"})
    void theSameHostInClearIsElsewhere(String place, boolean elsewhere) throws InvalidSetting {
        assertThat(
                        Redirection.elsewhere(address("rtsps://u:p@cam.example/x"), moved(place))
                                .isPresent())
                .isEqualTo(elsewhere);
    }

    private static Address address(String url) throws InvalidSetting {
        return Address.parse("url", url);
    }

    private static Answer moved(String place) {
        return new Answer(302, Map.of("location", List.of(place)), new byte[0]);
    }
}
