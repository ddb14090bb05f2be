package io.visionops.ingest.internal.connectiontest;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.ConnectionTest.Result;
import io.visionops.api.camera.ConnectionTest.Stage;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Source;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.FrameStream;
import io.visionops.support.network.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of what a decoder saw. */
class AddressTrialTest {

    @TempDir Path folder;

    private List<Stage> stages(DecodeCheck.Seen seen) throws Exception {
        Path file = folder.resolve("video0");
        Files.writeString(file, "a device");
        return new AddressTrial(
                        new Address(
                                "v4l2:" + file, Address.Scheme.V4L2, "", "", 0, file.toString()),
                        Optional.empty(),
                        Source.Transport.TCP,
                        5,
                        (address, transport, supply, deadline, whole) -> seen,
                        Deadline.in(Ticker.system(), Duration.ofSeconds(5)))
                .run()
                .stages();
    }

    private static DecodeCheck.Seen seen(String described, Duration first, double rate) {
        return new DecodeCheck.Seen(
                described,
                Optional.of(first),
                Optional.of(new FrameStream.Size(640, 360)),
                Optional.of(rate),
                true,
                Optional.empty());
    }

    @Test
    void aFirstPictureThatComesLateIsTakenForRareKeyFrames() throws Exception {
        List<Stage> stages = stages(seen("h264 640x360, 25 fps", Duration.ofSeconds(6), 5));

        assertThat(stages).allMatch(stage -> stage.result() == Result.PASSED);
        assertThat(stages.get(2).advice()).contains("took 6 s").contains("key frame");
    }

    /** Each of its pictures is whole: there are no key frames that could be rare. */
    @Test
    void aFirstPictureOfMotionJpegThatComesLateIsTooLargeForTheLink() throws Exception {
        List<Stage> stages = stages(seen("mjpeg 3840x2160, 5 fps", Duration.ofSeconds(6), 5));

        assertThat(stages.get(2).advice())
                .contains("took 6 s")
                .contains("smaller size or a lower quality")
                .doesNotContain("key frame");
    }

    @Test
    void whatNeverGetsWholeIsAdvisedByItsEncoding() throws Exception {
        assertThat(neverWhole("h264 640x360").advice()).contains("key frame");
        assertThat(neverWhole("mjpeg 3840x2160").advice())
                .contains("smaller size or a lower quality")
                .doesNotContain("key frame");
    }

    private Stage neverWhole(String described) throws Exception {
        List<Stage> stages =
                stages(
                        new DecodeCheck.Seen(
                                described,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                Optional.of(new Fault(Cause.TIMEOUT, "no picture in time"))));
        return stages.get(2);
    }

    @Test
    void aStreamThatIsFarTooMuchPassesWithTheAdviceToTakeTheSmallerOne() throws Exception {
        List<Stage> stages = stages(seen("hevc 3840x2160, 30 fps", Duration.ofSeconds(1), 5));

        assertThat(stages).allMatch(stage -> stage.result() == Result.PASSED);
        assertThat(stages.get(3).advice()).contains("smaller stream");
    }

    @Test
    void anOrdinaryStreamNeedsNoAdvice() throws Exception {
        List<Stage> stages = stages(seen("h264 1920x1080, 25 fps", Duration.ofSeconds(2), 4.7));

        assertThat(stages).allMatch(stage -> stage.advice().isEmpty());
        assertThat(stages.get(3).found()).isEqualTo("4.7 of 5 frames a second");
    }

    @Test
    void fewerThanHalfOfThePicturesFailAtTheRate() throws Exception {
        List<Stage> stages = stages(seen("h264 640x360", Duration.ofSeconds(2), 2.4));

        assertThat(stages.get(3).result()).isEqualTo(Result.FAILED);
        assertThat(stages.get(3).advice()).contains("detect.fps");
    }
}
