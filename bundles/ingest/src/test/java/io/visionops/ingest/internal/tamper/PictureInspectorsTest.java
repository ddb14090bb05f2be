package io.visionops.ingest.internal.tamper;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.PictureLimits;
import io.visionops.api.camera.Source;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.stream.PictureInspector;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureInspectorsTest {

    private static final int FPS = 2;
    private static final Size SIZE = new Size(Pictures.WIDTH, Pictures.HEIGHT);

    @TempDir private Path folder;

    private final Pictures pictures = new Pictures();
    private PictureInspectors inspectors;
    private long now;

    @BeforeEach
    void open() {
        inspectors = new PictureInspectors(folder);
    }

    @AfterEach
    void close() {
        inspectors.close();
    }

    private static DecoderSettings plan(String url, Source.Pace pace) {
        Source source = new Source(url, List.of(), pace, false, Source.Transport.TCP);
        return new DecoderSettings("front", source, FPS, Pictures.WIDTH);
    }

    private static DecoderSettings plan() {
        return plan("rtsp://viewer:pw@cam/1", Source.Pace.NATIVE);
    }

    private Optional<Fault> show(
            PictureInspector inspector, int seconds, Supplier<ByteBuffer> picture) {
        Optional<Fault> fault = Optional.empty();
        for (int i = 0; i < FPS * seconds; i++) {
            now += 1_000_000_000L / FPS;
            fault = inspector.inspect(picture.get(), SIZE, now);
        }
        return fault;
    }

    private ByteBuffer usual() {
        return pictures.live(100, 100);
    }

    private ByteBuffer bumped() {
        return pictures.live(160, 100);
    }

    /** As a restart does. */
    private void reopen() {
        inspectors.close();
        inspectors = new PictureInspectors(folder);
    }

    @Test
    void theUsualViewSurvivesARestart() {
        show(inspectors.inspector(plan()), 40, this::usual);

        reopen();

        assertThat(show(inspectors.inspector(plan()), 60, this::bumped))
                .map(Fault::cause)
                .contains(Cause.MOVED);
    }

    @Test
    void anotherSourceHasAnotherView() {
        show(inspectors.inspector(plan()), 40, this::usual);
        reopen();

        DecoderSettings other = plan("rtsp://viewer:pw@cam/2", Source.Pace.NATIVE);

        assertThat(show(inspectors.inspector(other), 100, this::bumped)).isEmpty();
    }

    @Test
    void noPasswordIsWritten() throws Exception {
        show(inspectors.inspector(plan()), 40, this::usual);
        reopen();

        assertThat(new String(Files.readAllBytes(folder.resolve("front.view")), "ISO-8859-1"))
                .contains("cam/1")
                .doesNotContain("pw@");
    }

    @Test
    void nothingIsKeptOfACameraThatIsRemoved() {
        PictureInspector inspector = inspectors.inspector(plan());
        show(inspector, 40, this::usual);

        inspector.forget();
        inspectors.close();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFaultIsThereBeforeAndAfterASwapAndEndsWhenThePicturesAreWell() {
        PictureInspector before = inspectors.inspector(plan());
        show(before, 40, this::usual);
        Optional<Fault> fault = show(before, 60, this::bumped);
        reopen();
        PictureInspector after = inspectors.inspector(plan());

        after.goOnWith(fault);

        assertThat(show(after, 5, this::bumped)).map(Fault::cause).contains(Cause.MOVED);
        assertThat(show(after, 30, this::usual)).isEmpty();
    }

    @Test
    void aFaultThatNothingCouldEndIsNotGoneOnWith() {
        PictureInspector unlearned = inspectors.inspector(plan());

        unlearned.goOnWith(Optional.of(new Fault(Cause.MOVED, "")));

        assertThat(show(unlearned, 5, this::usual)).isEmpty();
    }

    @Test
    void ofAFileThatIsReadFasterTheTimeInTheFileCounts() {
        PictureInspector inspector = inspectors.inspector(plan("file:/a.mp4", Source.Pace.ASAP));
        Optional<Fault> fault = Optional.empty();

        for (int i = 0; i < 10 * FPS; i++) {
            fault = inspector.inspect(pictures.still(), SIZE, 77);
        }

        assertThat(fault).map(Fault::cause).contains(Cause.FROZEN);
    }

    @Test
    void limitsAndAnAcceptedViewReachTheWatch() {
        PictureInspector inspector = inspectors.inspector(plan());
        Optional<Duration> soon = Optional.of(Duration.ofSeconds(20));
        inspector.limit(new PictureLimits(soon, soon, soon, soon));
        show(inspector, 40, this::usual);
        assertThat(show(inspector, 21, this::bumped)).map(Fault::cause).contains(Cause.MOVED);

        inspector.acceptView();

        assertThat(show(inspector, 60, this::bumped)).isEmpty();
    }
}
