package io.visionops.ingest.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamProgressTest {

    @Test
    void theSizeOfTheCopyAndTheTimeOfTheDecoderAreRead() {
        assertThat(
                        StreamProgress.of(
                                "frame= 1537 fps= 26 q=-1.0 q=-0.0 size=    3840KiB"
                                        + " time=00:01:00.24 bitrate= 522.2kbits/s speed=   1x"
                                        + " elapsed=27:01:02.34    "))
                .hasValue(
                        new StreamProgress(
                                3840 * 1024, Duration.ofHours(27).plusMinutes(1).plusMillis(2340)));
    }

    @Test
    void whatTellsOfNoSizeIsNoVolume() {
        assertThat(StreamProgress.of("")).isEmpty();
        assertThat(StreamProgress.of("frame= 0 fps=0.0 q=0.0 size=N/A time=N/A elapsed=0:00:10.00"))
                .isEmpty();
        assertThat(StreamProgress.of("[rtsp @ 0x0] [error] size= 12KiB")).isEmpty();
    }
}
