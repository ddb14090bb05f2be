package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.launcher.platform.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void optionsMayStandBeforeAndAfterTheCommand() {
        Arguments arguments =
                Arguments.parse(
                        List.of("--data", "/d", "start", "--http-port=0", "--detector", "motion"));

        assertThat(arguments).isEqualTo(new Arguments("start", List.of(), "/d", 0, null, "motion"));
    }

    @Test
    void whatFollowsTheFirstWordOfAShellCommandIsLeftAlone() {
        Arguments arguments =
                Arguments.parse(
                        List.of("shell", "--data", "/d", "counts", "--data", "x", "--help", "-h"));

        assertThat(arguments.data()).isEqualTo("/d");
        assertThat(arguments.words()).containsExactly("counts", "--data", "x", "--help", "-h");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fly | unknown command fly; see visionops --help",
                "start --fast | unknown option --fast; see visionops --help",
                "start now | unknown argument now; see visionops --help",
                "status --json --json | unknown argument --json; see visionops --help",
                "start --data | --data needs a value",
                "start --data= | --data needs a value",
                "start --http-port 65536 | a port is a number from 0 to 65535, not 65536",
                "start --ssh-port -1 | a port is a number from 0 to 65535, not -1",
                "start --detector a/b | a detector is auto, motion or the name of a model, not a/b",
                "demo a b | unknown argument b; see visionops --help",
            })
    void aWrongCallIsToldInOneLineAndEndsWithTwo(String call, String line) {
        assertThatThrownBy(() -> Arguments.parse(List.of(call.split(" "))))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.status()).isEqualTo(Failure.USAGE))
                .hasMessage(line);
    }

    @ParameterizedTest
    @CsvSource({"--help,--help", "-h,--help", "help,--help", "--version,--version"})
    void helpAndVersionAreCommandsToo(String word, String command) {
        assertThat(Arguments.parse(List.of(word)).command()).isEqualTo(command);
    }

    @Test
    void aHiddenAddressIsPutBack() {
        assertThat(
                        Main.hidden(
                                List.of("demo", "@1", "@2", "a@1"),
                                java.util.Map.of("VISIONOPS_WORD_1", "rtsp://u:p@h/x")))
                .containsExactly("demo", "rtsp://u:p@h/x", "@2", "a@1");
    }
}
