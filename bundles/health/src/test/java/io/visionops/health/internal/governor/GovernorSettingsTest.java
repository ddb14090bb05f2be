package io.visionops.health.internal.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GovernorSettingsTest {

    private static Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        for (Method key : GovernorConfig.class.getDeclaredMethods()) {
            texts.put(key.getName().replace('_', '.'), String.valueOf(key.getDefaultValue()));
        }
        return texts;
    }

    @Test
    void theDefaultsAreTheseThatDocumentsName() {
        assertThat(GovernorSettings.defaults())
                .isEqualTo(
                        new GovernorSettings(
                                true,
                                Map.of(
                                        GovernorInput.TEMPERATURE,
                                        new Threshold(
                                                65,
                                                70,
                                                OptionalDouble.of(75),
                                                GovernorLevel.MOTION,
                                                GovernorLevel.PAUSED),
                                        GovernorInput.MEMORY,
                                        new Threshold(
                                                75,
                                                80,
                                                OptionalDouble.of(90),
                                                GovernorLevel.FEWER_FRAMES,
                                                GovernorLevel.MOTION),
                                        GovernorInput.CPU,
                                        new Threshold(
                                                75,
                                                90,
                                                OptionalDouble.empty(),
                                                GovernorLevel.MOTION,
                                                GovernorLevel.MOTION),
                                        GovernorInput.QUEUE,
                                        new Threshold(
                                                2,
                                                10,
                                                OptionalDouble.empty(),
                                                GovernorLevel.FEWER_FRAMES,
                                                GovernorLevel.FEWER_FRAMES)),
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "governor.enabled, yes, true or false",
        "governor.cpu.throttle, much, a number such as 80 or 72.5",
        "governor.cpu.throttle, -1, a number such as 80 or 72.5",
        "governor.cpu.release, 90, less than governor.cpu.throttle",
        "governor.temperature.pause, 69, no less than governor.temperature.throttle",
        "governor.hold.up, 2h, from 1s to 1h",
        "governor.hold.down, 5, from 1s to 1h",
    })
    void aWrongValueIsNamedWithWhatIsAllowed(String key, String value, String allowed) {
        Map<String, String> texts = texts();
        texts.put(key, value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GovernorSettings.read(texts))
                .withMessageStartingWith(key + " = " + value + " is refused: must be " + allowed);
    }
}
