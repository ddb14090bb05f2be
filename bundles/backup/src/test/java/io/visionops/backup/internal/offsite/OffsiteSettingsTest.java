package io.visionops.backup.internal.offsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsiteSettingsTest {

    private static final Path DATA = Path.of("/data");

    private record Written(
            String url, String host_key, String password_secret, String key_file, String keep)
            implements OffsiteConfig {

        @Override
        public Class<? extends Annotation> annotationType() {
            return OffsiteConfig.class;
        }
    }

    @Test
    void withoutAnAddressThereAreNoCopies() {
        assertThat(OffsiteSettings.read(new Written(" ", "x", "", "", "y"), DATA)).isEmpty();
    }

    @Test
    void anAddressIsTakenApart() {
        OffsiteSettings read =
                OffsiteSettings.read(
                                new Written("sftp://anna@nas/a/b", "", "", "keys/nas", "7"), DATA)
                        .orElseThrow();

        assertThat(read.host()).isEqualTo("nas");
        assertThat(read.port()).isEqualTo(22);
        assertThat(read.folder()).isEqualTo("/a/b");
        assertThat(read.keyFile()).contains(Path.of("/data/keys/nas"));
        assertThat(read.server()).isEqualTo("anna@nas:22/a/b");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://anna@nas/a, '', nas, '', 7, must be sftp:",
        "sftp://nas/a, '', nas, '', 7, must be sftp:",
        "sftp://anna@nas/, '', nas, '', 7, must be sftp:",
        "sftp://anna@nas/a?b, '', nas, '', 7, must be sftp:",
        "'sftp://anna@nas/ a', '', nas, '', 7, must be sftp:",
        "sftp://anna:secret@nas/a, '', nas, '', 7, password.secret names it",
        "sftp://anna@nas/a, MD5:00, nas, '', 7, host.key is refused",
        "sftp://anna@nas/a, '', '', '', 7, one of password.secret and key.file",
        "sftp://anna@nas/a, '', nas, k, 7, one of password.secret and key.file",
        "sftp://anna@nas/a, '', nas, '', 0, must be from 1 to 1000",
        "sftp://anna@nas/a, '', nas, '', x, must be from 1 to 1000"
    })
    void whatIsWrongIsRefusedInOneLineThatShowsNoPassword(
            String url, String key, String secret, String file, String keep, String words) {
        assertThatThrownBy(
                        () -> OffsiteSettings.read(new Written(url, key, secret, file, keep), DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words)
                .message()
                .doesNotContain("secret@");
    }
}
