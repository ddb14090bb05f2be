package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigTest {

    @Test
    void theDefaultsAreThose() throws NoSuchMethodException {
        assertThat(defaultOf("detector")).isEqualTo("auto");
        assertThat(defaultOf("snapshots")).isEqualTo(true);
    }

    private static Object defaultOf(String key) throws NoSuchMethodException {
        return CameraAnalyses.Config.class.getMethod(key).getDefaultValue();
    }
}
