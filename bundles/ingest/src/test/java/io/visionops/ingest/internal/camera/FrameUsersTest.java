package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.LeaseException;
import org.junit.jupiter.api.Test;

/** Which bundle may take the frames of a camera. */
class FrameUsersTest extends FileRig {

    private ConfiguredCamera usedBy(String bundle) {
        return ((ConfiguredCamera) rig.camera("front")).usedBy(bundle);
    }

    private void configure() {
        String[] settings = {"url", "file:" + clip, "loop", "true", "line.door", "0,0 1,1"};
        rig.configure("front", settings);
    }

    @Test
    void aSecondBundleGetsTheFramesWhenTheFirstIsGoneAndHasNotClosedItsLease() throws Exception {
        configure();
        ConfiguredCamera first = usedBy("inference 1.0.0");
        FrameLease leftOpen = first.leaseFrames();
        ConfiguredCamera second = usedBy("guest 9.0.0");
        assertThatThrownBy(second::leaseFrames)
                .isInstanceOf(LeaseException.class)
                .hasMessage("the frames of camera front are taken by inference 1.0.0");

        first.giveBack();

        assertThat(second.leaseFrames().take(PATIENCE)).isPresent();
        assertThat(leftOpen.take(PATIENCE)).isEmpty();
        assertThatThrownBy(first::leaseFrames).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBundleGoesOnWithTheFramesAfterAChangeOfSettings() throws Exception {
        configure();
        ConfiguredCamera before = usedBy("inference 1.0.0");
        long taken = before.leaseFrames().take(PATIENCE).orElseThrow().sequence();

        rig.configure("front", "url", "file:" + clip, "loop", "true", "line.gate", "0,0 1,0.5");
        before.giveBack();

        FrameLease after = usedBy("inference 1.0.0").leaseFrames();
        assertThat(after.take(PATIENCE).orElseThrow().sequence()).isGreaterThan(taken);
    }

    @Test
    void whoListsCamerasGetsTheirCountsAndNoFrames() {
        configure();

        assertThat(rig.camera("front").counts().analysed()).isZero();
        assertThatThrownBy(() -> rig.camera("front").leaseFrames())
                .isInstanceOf(IllegalStateException.class);
    }
}
