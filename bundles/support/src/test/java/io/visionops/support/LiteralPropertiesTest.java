package io.visionops.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralPropertiesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://müller:grün@h/x",
                "rtsp://admin:pa\\ss@h/x",
                "rtsp://admin:pa${d}x@h/x",
                "C:\\users\\new",
                "\\u00",
                "ends in \\",
                "a = b # c ! d",
                "$[secret:cam]"
            })
    void aValueIsWhatItLooksLike(String value) {
        assertThat(LiteralProperties.parse("url = " + value + "\nloop=true").values())
                .isEqualTo(Map.of("url", value, "loop", "true"));
        assertThat(LiteralProperties.parse(LiteralProperties.line("url", value)).values())
                .isEqualTo(Map.of("url", value));
    }

    @Test
    void theMarkOfAnEditorIsNoPartOfTheFirstKey() throws Exception {
        byte[] bytes =
                "\ufeffurl = file:/a\r\n# x\r\n\r\npace: asap\rloop true"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(LiteralProperties.parse(LiteralProperties.decode(bytes)).values())
                .isEqualTo(Map.of("url", "file:/a", "pace", "asap", "loop", "true"));
    }

    @Test
    void aKeyThatIsGivenTwiceIsToldWithItsLines() {
        LiteralProperties read = LiteralProperties.parse("# x\nurl = a\nloop = true\nurl = b\n");

        assertThat(read.values()).containsEntry("url", "b");
        assertThat(read.lines()).containsEntry("url", List.of(2, 4));
    }

    @Test
    void whatIsNotUtf8IsNotGuessed() {
        byte[] latin = "url = grün".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> LiteralProperties.decode(latin))
                .isInstanceOf(CharacterCodingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nloop = true", "a\rb"})
    void twoLinesAreNoValue(String value) {
        assertThatThrownBy(() -> LiteralProperties.line("url", value))
                .hasMessage("url: must be one line");
    }
}
