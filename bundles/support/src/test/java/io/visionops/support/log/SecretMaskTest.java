package io.visionops.support.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://admin:c4nary@10.0.0.7/cam cannot be opened",
                "GET http://10.0.0.7/snap?user=x&token=c4nary HTTP/1.1",
                "Authorization: Basic c4nary==",
                "proxy-authorization = Digest username=\"a\", response=\"c4nary\"",
                "Cookie: JSESSIONID=c4nary; theme=dark",
                "Set-Cookie: JSESSIONID=c4nary;Path=/",
                "{\"user\":\"anna\",\"password\":\"c4nary\",\"port\":554}",
                "{\"authorization\" : \"Bearer c4nary\"}",
                "password: c4nary",
                "admin.passwd = c4nary",
                "sent Bearer c4naryXYZ.123 to it",
                "login Basic YWRtaW46c4nary=",
                "JSESSIONID=c4nary",
                "recoveryKey=c4nary",
                "$argon2id$v=19$m=7168,t=5,p=1$c4nary$abc",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nc4nary\nmore\n-----END OPENSSH PRIVATE KEY-----",
                "java.io.IOException: refused: rtsps://u:c4nary@h",
            })
    void whatLooksLikeASecretIsMasked(String text) {
        assertThat(SecretMask.mask(text)).doesNotContain("c4nary").contains(SecretMask.MASK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera front: STREAMING",
                "login refused: user admin over ssh from 127.0.0.1: wrong password, 3 in a row",
                "the camera asks for the password in clear now",
                "basic authentication is off",
                "backup started, target /var/lib/visionops/backups",
                "rtsp://10.0.0.7:554/Streaming/Channels/101",
                "key=value",
            })
    void whatAPersonWroteStays(String text) {
        assertThat(SecretMask.mask(text)).isEqualTo(text);
    }

    @Test
    void whatFollowsAMaskedValueInJsonStays() {
        assertThat(SecretMask.mask("{\"password\":\"a\\\"b\",\"port\":554}"))
                .isEqualTo("{\"password\":\"***\",\"port\":554}");
    }

    @Test
    void aLineThatIsMadeForItCostsNoMoreThanAnother() {
        String text = "password:basic authorization ".repeat(20_000) + "\"".repeat(20_000);

        assertTimeout(Duration.ofSeconds(5), () -> SecretMask.mask(text));
    }

    @Test
    void whatIsMaskedStaysAsItIs() {
        String once = SecretMask.mask("Authorization: Basic c4nary==, password=x, rtsp://a:b@c");

        assertThat(SecretMask.mask(once)).isEqualTo(once);
    }
}
