package io.visionops.updater.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdaterSettingsTest {

    /** What stands in the file, and the defaults of everything else. */
    private static UpdaterSettings read(Map<String, String> file) {
        return UpdaterSettings.read(
                (UpdaterConfig)
                        Proxy.newProxyInstance(
                                UpdaterConfig.class.getClassLoader(),
                                new Class<?>[] {UpdaterConfig.class},
                                (proxy, key, none) ->
                                        file.getOrDefault(
                                                key.getName().replace('_', '.'),
                                                (String) key.getDefaultValue())));
    }

    private static UpdaterSettings repository(String words) {
        return read(Map.of("repository", words));
    }

    @Test
    void withoutAFileNothingIsLookedFor() {
        assertThat(read(Map.of())).isEqualTo(UpdaterSettings.defaults());
    }

    @Test
    void foldersAndAddressesMayBeMixed() {
        assertThat(
                        repository("https://a.example/r, file:/media/usb , http://b.example/r/")
                                .repositories())
                .containsExactly(
                        URI.create("https://a.example/r/"),
                        URI.create("file:///media/usb"),
                        URI.create("http://b.example/r/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:secret@host/x",
                "https://host/x?token=secret",
                "https://host/x#secret",
                "file://host/secret",
                "ftp://host/secret",
                "/media/secret",
                "https://host/a b/secret",
                "http:///secret"
            })
    void whatCouldNotBeReadIsRefusedAtOnceWithoutItsPassword(String words) {
        assertThatThrownBy(() -> repository(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("repository is refused: ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "500k, 500000", "10k, 10000"})
    void theRateIsInKilobytesASecond(String words, long bytes) {
        assertThat(read(Map.of("rate", words)).rate()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "-1k", "9k", "fast", ""})
    void aRateThatIsNoneIsRefused(String words) {
        assertThatThrownBy(() -> read(Map.of("rate", words)))
                .hasMessageStartingWith("rate = " + words + " is refused");
    }
}
