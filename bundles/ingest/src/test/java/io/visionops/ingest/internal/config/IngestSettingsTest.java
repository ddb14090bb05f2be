package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestSettingsTest {

    @Test
    void defaults() {
        assertThat(IngestSettings.defaults())
                .isEqualTo(new IngestSettings(500_000_000, 50_000_000, 8, 5));
    }

    @Test
    void sizesHaveTheirUnits() throws InvalidSetting {
        assertThat(IngestSettings.read("2GB", " 1500kB ", "1000", " 100 "))
                .isEqualTo(new IngestSettings(2_000_000_000, 1_500_000, 1000, 100));
    }

    @ParameterizedTest
    @CsvSource({
        "500, 50MB, 8, 5, 'decoder.memory.limit = 500: must be a size such as 800kB, 500MB, 2GB'",
        "500 MB, 50MB, 8, 5, 'decoder.memory.limit = 500 MB: must be a size such as 800kB, 500MB, 2GB'",
        "-5MB, 50MB, 8, 5, 'decoder.memory.limit = -5MB: must be a size such as 800kB, 500MB, 2GB'",
        "99MB, 50MB, 8, 5, 'decoder.memory.limit = 99MB: must be 100MB..64GB'",
        "999999999GB, 50MB, 8, 5, 'decoder.memory.limit = 999999999GB: must be 100MB..64GB'",
        "500MB, 0MB, 8, 5, 'decoder.memory.growth = 0MB: must be 1MB..10GB'",
        "500MB, 50MB, 0, 5, 'starts.at.once = 0: must be a whole number 1..1000'",
        "500MB, 50MB, many, 5, 'starts.at.once = many: must be a whole number 1..1000'",
        "500MB, 50MB, 8, 101, 'starts.per.second = 101: must be a whole number 1..100'",
        "500MB, 50MB, 8, 2.5, 'starts.per.second = 2.5: must be a whole number 1..100'",
    })
    void aWrongValueIsRefusedInOneLine(
            String memory, String growth, String atOnce, String perSecond, String words) {
        assertThatThrownBy(() -> IngestSettings.read(memory, growth, atOnce, perSecond))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(words);
    }
}
