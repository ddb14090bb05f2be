package io.visionops.updater.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.support.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataKeyTest {

    /** RFC 8032, 7.1, test 3. */
    private static final String PUBLIC =
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";

    private static final String SIGNATURE =
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

    @Test
    void aSignatureOfTheStandardIsVerified() throws Exception {
        MetadataKey key = read();

        assertThat(key.verifies(hex("af82"), hex(SIGNATURE))).isTrue();
        assertThat(key.verifies(hex("af83"), hex(SIGNATURE))).isFalse();
    }

    @Test
    void theIdIsTheHashOfTheCanonicalForm() throws Exception {
        String form =
                "{\"keytype\":\"ed25519\",\"public\":\"" + PUBLIC + "\",\"scheme\":\"ed25519\"}";

        assertThat(read().id()).isEqualTo(Sha256.hex(form.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aKeyOfThisJavaIsReadBackFromItsForm() throws Exception {
        MetadataKey key = read();

        assertThat(MetadataKey.of(key.key())).isEqualTo(key);
    }

    private static MetadataKey read() throws RepositoryException {
        Map<String, Object> form =
                Map.of("keytype", "ed25519", "scheme", "ed25519", "public", PUBLIC);
        return MetadataKey.read(Sha256.hex(CanonicalJson.bytes(form)), new Fields("it", form));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
