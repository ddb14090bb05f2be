package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.camera.Source;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceReaderTest {

    private static Source read(String... keysAndValues) throws InvalidSetting {
        Map<String, String> raw = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new SourceReader(new Keys(raw, Secrets.NONE)).read();
    }

    @Test
    void anAddressAloneIsReadAtItsOwnPaceOverTcp() throws InvalidSetting {
        Source source = read("url", "rtsp://h/a");

        assertThat(source.url()).isEqualTo("rtsp://h/a");
        assertThat(source.fallbackUrls()).isEmpty();
        assertThat(source.pace()).isEqualTo(Source.Pace.NATIVE);
        assertThat(source.loop()).isFalse();
        assertThat(source.transport()).isEqualTo(Source.Transport.TCP);
        assertThat(source.fileStart()).isEmpty();
    }

    @Test
    void otherAddressesAreTakenApartAtCommasAndBlanksBetweenThem() throws InvalidSetting {
        Source source =
                read(
                        "url",
                        "rtsp://h/a",
                        "fallback.urls",
                        "rtsp://h/b?x=1,2 , http://h/c\trtsp://i/d");

        assertThat(source.fallbackUrls())
                .containsExactly("rtsp://h/b?x=1,2", "http://h/c", "rtsp://i/d");
    }

    @ParameterizedTest
    @CsvSource({
        "pace, asap, 'pace = asap: only a file: address can be read so; must be native'",
        "loop, true, 'loop = true: only a file: address can start again; must be false'",
        "fallback.urls, 'rtsp://h/b rtsp://h/b', 'fallback.urls = rtsp://h/b: is named twice'",
        "fallback.urls, rtsp://h/a, 'fallback.urls = rtsp://h/a: is named twice'",
    })
    void whatDoesNotFitTheAddressIsRefused(String key, String value, String words) {
        assertThatThrownBy(() -> read("url", "rtsp://h/a", key, value))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(words);
    }

    @Test
    void withoutAnAddressThereIsNothingToRead() {
        assertThatThrownBy(SourceReaderTest::read).hasMessageStartingWith("url is missing: ");
        assertThatThrownBy(() -> read("url", "http://h/a", "transport", "udp"))
                .hasMessage("transport = udp: only rtsp:// can use it; must be tcp");
        assertThatThrownBy(() -> read("url", "file:/a.mp4", "file.start", "2026-01-05"))
                .hasMessageStartingWith("file.start = 2026-01-05: only a film that is read with");
    }
}
