package io.visionops.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void parametersOfALoginAreHiddenUpToTheNextOne() {
        assertThat(UrlSecrets.mask("/v?user=a&PWD=geheim&res=2&token=1#x"))
                .isEqualTo("/v?user=a&PWD=***&res=2&token=***#x");
        assertThat(UrlSecrets.mask("/user=admin_password=a_b_channel=1_stream=0.sdp"))
                .isEqualTo("/user=admin_password=***_channel=1_stream=0.sdp");
        assertThat(UrlSecrets.mask("/password=_x=&pass=&pass==a b=c"))
                .isEqualTo("/password=***&pass=&pass=*** b=c");
        assertThat(UrlSecrets.parameters("/?pass=a&secret=b_c/d")).containsExactly("a", "b_c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"://", "pass=_", "_", "pass=&", "pass=", "@", "://@ ", "=", "a_="})
    void linesThatAreMadeForItTakeNoTime(String piece) {
        String line = "x://pass=" + piece.repeat(100_000 / piece.length());
        long began = System.nanoTime();

        UrlSecrets.mask(line);
        UrlSecrets.parameters(line);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }
}
