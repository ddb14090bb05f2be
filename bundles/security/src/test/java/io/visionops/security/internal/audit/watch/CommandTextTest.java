package io.visionops.security.internal.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTextTest {

    private static final String CANARY = "Kanarienvogel";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera-add front rtsp://admin:Kanarienvogel@10.0.0.17/stream",
                "camera-add front 'rtsp://admin:Kanarien vogel Kanarienvogel@10.0.0.17/stream'",
                "visionops:camera-add front rtsp://10.0.0.17/?user=a&password=Kanarienvogel",
                "config:property-set -p io.visionops.mail password Kanarienvogel",
                "config:property-set -p io.visionops.mail 'smtp.password' 'Kanarienvogel'",
                "config:edit x; config:property-set api.key Kanarienvogel; config:update",
                "jaas:useradd anna Kanarienvogel",
                "user-add anna Kanarienvogel --role admin",
                "secret-set camera-front Kanarienvogel",
                "jaas:su --password Kanarienvogel",
                "x --token=Kanarienvogel",
                "x --password 'Kanarien Kanarienvogel'",
                "backup-restore x --key Kanarienvogel",
                "camera-list | grep password Kanarienvogel",
                "status\nuser-add anna Kanarienvogel",
            })
    void secretsAreMaskedWhereverTheyStand(String line) {
        assertThat(CommandText.masked(line)).doesNotContain(CANARY).contains("***");
    }

    @Test
    void otherWordsStay() {
        assertThat(CommandText.masked("camera-add front rtsp://10.0.0.17/stream --level full"))
                .isEqualTo("camera-add front rtsp://10.0.0.17/stream --level full");
        assertThat(CommandText.masked("backup-restore x --key-file recovery.txt"))
                .isEqualTo("backup-restore x --key-file recovery.txt");
    }

    @Test
    void whatShowsNothingMoreThanEverybodyMaySeeIsNotAudited() {
        assertThat(CommandText.isAudited("status")).isFalse();
        assertThat(CommandText.isAudited("visionops:camera-list --json | grep front; health"))
                .isFalse();
        assertThat(CommandText.isAudited("camera-list > file")).isTrue();
        assertThat(CommandText.isAudited("status; backup-key")).isTrue();
        assertThat(CommandText.isAudited("status | tac -f x")).isTrue();
        assertThat(CommandText.isAudited("status $(backup-key)")).isTrue();
        assertThat(CommandText.isAudited("camera-snapshot front x.jpg")).isTrue();
        assertThat(CommandText.isAudited("bundle:stop io.visionops.security")).isTrue();
        assertThat(CommandText.isAudited("x = { backup-key }")).isTrue();
    }
}
