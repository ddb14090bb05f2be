package io.visionops.login.internal.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

    @ParameterizedTest
    @CsvSource({
        "url, rtsp://viewer:hidden@10.0.0.7/cam, rtsp://***@10.0.0.7/cam",
        "url, rtsp://viewer:hid@den@10.0.0.7/cam, rtsp://***@10.0.0.7/cam",
        "url, http://10.0.0.7/snap?user=a&password=hidden, http://10.0.0.7/snap?user=a&password=***",
        "url, rtsp://10.0.0.7/cam, rtsp://10.0.0.7/cam",
        "password, hidden, ***",
        "mqtt.Password, hidden, ***",
        "api.key, hidden, ***",
        "apikey, hidden, ***",
        "private-key, hidden, ***",
        "client.secret, hidden, ***",
        "token, hidden, ***",
        "hostKeyPassword, hidden, ***",
        "password, $[secret:gate], $[secret:gate]",
        "password.file, /run/secrets/gate, /run/secrets/gate",
        "detect.fps, 5, 5",
        "hostKey, /etc/host.key, /etc/host.key"
    })
    void secretsAreMasked(String key, String value, String shown) {
        assertThat(Mask.of(key, (Object) value)).isEqualTo(shown);
    }

    @Test
    void whatWasShownIsSavedAsItWas() throws Exception {
        String real = "rtsp://viewer:hidden@10.0.0.7/cam";

        assertThat(Mask.lifted("url", "rtsp://***@10.0.0.7/cam", real)).isEqualTo(real);
        assertThat(Mask.lifted("password", "***", "hidden")).isEqualTo("hidden");
        assertThat(Mask.lifted("password", "other", "hidden")).isEqualTo("other");
        assertThat(
                        (Object[])
                                Mask.lifted(
                                        "urls",
                                        new String[] {"a://***@b"},
                                        new String[] {"a://x@b"}))
                .containsExactly("a://x@b");
    }

    @Test
    void aMaskIsNeverSavedInPlaceOfTheSecret() {
        assertThatThrownBy(
                        () ->
                                Mask.lifted(
                                        "url",
                                        "rtsp://***@10.0.0.8/cam",
                                        "rtsp://a:b@10.0.0.7/cam"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "url: *** stands for a secret that is not shown: write the whole value");
    }
}
