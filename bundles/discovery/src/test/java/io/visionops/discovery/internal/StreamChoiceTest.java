package io.visionops.discovery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.discovery.Device.Stream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamChoiceTest {

    @ParameterizedTest
    @CsvSource({
        // streams, analysed width, recommended
        "1920x1080 640x360,        640,  640x360",
        "1920x1080 704x576,        640,  704x576",
        "1920x1080 1280x720,       640,  1280x720",
        // A sub-stream so small that people vanish in it is not worth the saving.
        "1920x1080 352x288,        640,  1920x1080",
        "2688x1520 480x360,        640,  480x360",
        "352x288 320x240,          640,  352x288",
        "1920x1080 640x360,        1280, 1920x1080",
        "0x0 1280x720,             640,  1280x720",
        "0x0,                      640,  0x0"
    })
    void theCheapestThatIsWideEnoughIsRecommended(String sizes, int width, String recommended) {
        List<Stream> streams =
                List.of(sizes.split(" ")).stream().map(size -> stream(size, "H264")).toList();

        List<Stream> marked = StreamChoice.mark(streams, width);

        assertThat(marked)
                .filteredOn(Stream::recommended)
                .extracting(Stream::profile)
                .containsExactly(recommended);
    }

    @ParameterizedTest
    @CsvSource({"H265 H264, 1", "JPEG H264, 1", "H264 H265, 0"})
    void ofEqualStreamsTheOneThatIsCheaperToDecodeIsRecommended(String codecs, int index) {
        List<Stream> streams =
                List.of(codecs.split(" ")).stream().map(one -> stream("640x360", one)).toList();

        assertThat(StreamChoice.mark(streams, 640).get(index).recommended()).isTrue();
    }

    private static Stream stream(String size, String codec) {
        String[] sides = size.split("x");
        return new Stream(
                size,
                codec,
                Integer.parseInt(sides[0]),
                Integer.parseInt(sides[1]),
                10,
                "rtsp://h/" + size,
                false);
    }
}
