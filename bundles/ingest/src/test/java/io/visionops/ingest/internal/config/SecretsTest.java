package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final Secrets SECRETS =
            name ->
                    Optional.ofNullable(
                            Map.of("a", "p@ss:/w\u00f6rd?#% *", "b", "hunter2", "c", "$1\\x")
                                    .get(name));

    @Test
    void aPasswordMayHoldAnyCharacter() throws InvalidSetting {
        String url = SECRETS.resolve("url", "rtsp://u:$[secret:a]@h/live");

        assertThat(url).isEqualTo("rtsp://u:p%40ss%3A%2Fw%C3%B6rd%3F%23%25%20%2A@h/live");
        assertThat(Address.parse("url", url).password()).isEqualTo("p@ss:/w\u00f6rd?#% *");
        assertThat(
                        Address.parse("url", SECRETS.resolve("url", "rtsp://u:$[secret:c]@h/live"))
                                .password())
                .isEqualTo("$1\\x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rtsp://$[secret:b]@h/live | rtsp://hunter2@h/live",
                "rtsp://$[secret:b]:x@h/live | rtsp://hunter2:x@h/live",
                "http://h/snap?user=u&password=$[secret:b] | http://h/snap?user=u&password=hunter2",
                "rtsp://a:$[secret:b]@h/1, rtsp://b:$[secret:b]@i/2 |"
                        + " rtsp://a:hunter2@h/1, rtsp://b:hunter2@i/2",
            })
    void aSecretMayStandWhereItIsNeverShown(String written, String resolved) throws InvalidSetting {
        assertThat(SECRETS.resolve("url", written)).isEqualTo(resolved);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$[secret:b]",
                "rtsp://$[secret:b]/live",
                "rtsp://h/$[secret:b]",
                "rtsp://u:x@h/$[secret:b]",
                "http://h/snap?channel=$[secret:b]",
                "$[secret:b]://u@h/",
                "file:/srv/$[secret:b]",
                "rtsp://$[secret:b]/x, rtsp://u@h/",
                "rtsp://h/$[secret:b],rtsp://u:p@i/",
            })
    void aSecretThatWouldBeShownIsRefusedAndNotShown(String written) {
        assertThatThrownBy(() -> SECRETS.resolve("url", written))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("url: secret b would be shown where it stands")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void namesAreKnownWithoutLookingThemUp() {
        assertThat(Secrets.names("rtsp://$[secret:x]:$[secret:y]@h, $[env:z] $[secret:open"))
                .containsExactly("x", "y");
    }

    @Test
    void whatIsMissingMayComeAndWhatIsWrongMayNot() {
        assertThatThrownBy(() -> SECRETS.resolve("url", "rtsp://u:$[secret:z]@h/"))
                .isInstanceOfSatisfying(
                        InvalidSetting.class, one -> assertThat(one.isPassing()).isTrue())
                .hasMessage("url: there is no secret z: set it with secret-set z");
        assertThatThrownBy(() -> SECRETS.resolve("url", "rtsp://u:$[env:z]@h/"))
                .isInstanceOfSatisfying(
                        InvalidSetting.class, one -> assertThat(one.isPassing()).isFalse());
    }
}
