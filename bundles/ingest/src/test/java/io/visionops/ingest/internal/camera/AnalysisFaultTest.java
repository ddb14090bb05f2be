package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.journal.Fact;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What the analysis says of itself is shown with the camera, and does not pass for its fault. */
@Isolated
class AnalysisFaultTest extends FileRig {

    private static final Fault NONSENSE = new Fault(Cause.DETECTOR, "detector = nonsense");

    private void configure() {
        rig.configure(
                "front",
                "url",
                "file:" + clip,
                "loop",
                "true",
                "detect.width",
                "320",
                "detect.fps",
                "10");
    }

    private CameraStatus status() {
        return rig.camera("front").status();
    }

    @Test
    void aCameraWithoutItsDetectorIsDegradedUntilTheAnalysisIsWellThroughReconnectAndSwap()
            throws Exception {
        configure();
        rig.awaitState("front", CameraState.STREAMING);

        rig.camera("front").analysisFault(Optional.of(NONSENSE));
        assertThat(status().state()).isEqualTo(CameraState.DEGRADED);
        assertThat(status().fault()).contains(NONSENSE);

        rig.camera("front").reconnect(Rig.ADMIN);
        Rig.soon().until(() -> status().reconnects() == 1);
        rig.awaitState("front", CameraState.DEGRADED);

        rig.swap();
        configure();
        Rig.soon().until(() -> status().lastFrame().isPresent());
        Thread.sleep(300);
        assertThat(status().fault()).contains(NONSENSE);

        rig.camera("front").analysisFault(Optional.empty());
        assertThat(status().state()).isEqualTo(CameraState.STREAMING);
        assertThat(status().fault()).isEmpty();
        assertThat(
                        rig.journal.entries().stream()
                                .flatMap(entry -> entry.facts().stream())
                                .filter(Fact.Account.class::isInstance)
                                .map(fact -> ((Fact.Account) fact).cause()))
                .doesNotContain("detector", "slow");
    }

    @Test
    void aPictureThatShowsNothingIsToldBeforeADetectorThatIsMissing() {
        configure();
        rig.awaitState("front", CameraState.STREAMING);
        rig.camera("front").analysisFault(Optional.of(NONSENSE));

        rig.pictureFault = new Fault(Cause.BLACK, "");
        Rig.soon().until(() -> status().fault().equals(Optional.of(rig.pictureFault)));
        rig.pictureFault = null;

        Rig.soon().until(() -> status().fault().equals(Optional.of(NONSENSE)));
        assertThat(status().state()).isEqualTo(CameraState.DEGRADED);
    }
}
