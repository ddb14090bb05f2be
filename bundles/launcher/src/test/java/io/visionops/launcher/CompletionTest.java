package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.launcher.platform.Failure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionTest {

    @Test
    void commandsAndOptionsAreCompleted() {
        assertThat(candidates("st")).containsExactly("start", "stop", "status");
        assertThat(candidates("--data", "/d", "--h")).containsExactly("--http-port");
        assertThat(candidates("status", "--j")).containsExactly("--json");
        assertThat(candidates("completion", "")).containsExactly("bash", "zsh");
    }

    @Test
    void theValueOfAnOptionIsLeftToTheShellOfTheUser() {
        assertThat(candidates("--data", "")).isEmpty();
        assertThat(candidates("start", "--data", "/va")).isEmpty();
    }

    @Test
    void withoutARunningInstanceThereIsNothingToPropose() {
        assertThat(candidates("shell", "--data", "/no/such/folder", "camera-")).isEmpty();
    }

    @Test
    void scriptsAreForShellsThatAreKnown() {
        assertThat(Completion.script(List.of("bash"))).contains("complete -o default");
        assertThat(Completion.script(List.of("zsh"))).startsWith("#compdef");
        assertThatThrownBy(() -> Completion.script(List.of("fish"))).isInstanceOf(Failure.class);
    }

    private static List<String> candidates(String... words) {
        return Completion.candidates(List.of(words), Map.of("HOME", "/none"));
    }
}
