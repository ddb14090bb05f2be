package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigTest {

    @Test
    void theDefaultsAreThose() throws NoSuchMethodException {
        assertThat(defaultOf("detector")).isEqualTo("auto");
        assertThat(defaultOf("snapshots")).isEqualTo(true);
    }

    @Test
    void theLaunchersDetectorGoesBeforeTheConfiguredOneUnlessItIsAuto() {
        assertThat(CameraAnalyses.preferred("motion", "yolox_nano")).isEqualTo("motion");
        assertThat(CameraAnalyses.preferred("auto", "yolox_nano")).isEqualTo("yolox_nano");
        assertThat(CameraAnalyses.preferred("", "yolox_nano")).isEqualTo("yolox_nano");
    }

    private static Object defaultOf(String key) throws NoSuchMethodException {
        return CameraAnalyses.Config.class.getMethod(key).getDefaultValue();
    }
}
