package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlainTest {

    @Test
    void aLineIsOneLineWithoutControlOrCredentials() {
        assertThat(Plain.line("a\nb\tc\u001b[1m\u0085\u2028\u202e")).isEqualTo("a b c [1m");
        assertThat(Plain.line("see rtsp://u:p@h/x and http://u:p@w@h:80/"))
                .isEqualTo("see rtsp://***@h/x and http://***@h:80/");
        assertThat(Plain.line("mail me@example.org")).isEqualTo("mail me@example.org");
        assertThat(Plain.cell(null)).isEqualTo("-");
        assertThat(Plain.cell(" ")).isEqualTo("-");
    }

    @Test
    void sizesAndLengths() {
        assertThat(Plain.size(999)).isEqualTo("999 B");
        assertThat(Plain.size(1000)).isEqualTo("1.0 kB");
        assertThat(Plain.size(12_345_678_901L)).isEqualTo("12.3 GB");
        assertThat(Plain.length(Duration.ofSeconds(-1))).isEqualTo("0s");
        assertThat(Plain.length(Duration.ofSeconds(125))).isEqualTo("2m 5s");
        assertThat(Plain.length(Duration.ofHours(49))).isEqualTo("2d 1h");
        assertThat(Plain.percent(0.9999)).isEqualTo("99 %");
    }
}
