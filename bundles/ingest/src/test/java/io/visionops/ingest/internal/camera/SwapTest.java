package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.camera.Source;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.decoder.FrameStream;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.stream.Decoder;
import io.visionops.ingest.internal.stream.Launcher;
import io.visionops.ingest.internal.trust.Clearance;
import io.visionops.processes.internal.HeldChildren;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Another ingest goes on with everything that this one was in the middle of. */
@Isolated
class SwapTest extends FileRig {

    private void configure(int fps, String... more) {
        String[] all = new String[8 + more.length];
        String[] usual = {
            "url", "file:" + clip, "loop", "true", "detect.width", "320", "detect.fps", "" + fps
        };
        System.arraycopy(usual, 0, all, 0, 8);
        System.arraycopy(more, 0, all, 8, more.length);
        rig.configure("front", all);
    }

    private CameraStatus status() {
        return rig.camera("front").status();
    }

    @Test
    void aCameraOfOneFrameASecondIsLeftAtOnceAndKeepsItsDecoder() {
        configure(1);
        rig.awaitState("front", CameraState.STREAMING);
        List<Long> before = rig.pids();
        CameraStatus then = status();
        int events = rig.journal.events().size();

        for (int i = 0; i < 3; i++) {
            long began = System.nanoTime();
            assertThat(rig.swap()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofMillis(900));
            configure(1);
            Rig.soon().until(() -> rig.camera("front").connection().isPresent());
        }
        Rig.soon().until(() -> status().lastFrame().isPresent());

        assertThat(rig.pids()).isEqualTo(before);
        assertThat(status().reconnects()).isZero();
        assertThat(status().since()).isEqualTo(then.since());
        assertThat(rig.journal.events()).hasSize(events);
    }

    @Test
    void framesAreCountedOnAndThoseThatWaitAreAnalysedFirst() throws Exception {
        configure(10);
        Camera leaving = rig.camera("front");
        FrameLease queue = rig.frames("front");
        for (int i = 0; i < 10; i++) {
            queue.settle(queue.take(PATIENCE).orElseThrow(), FrameOutcome.ANALYSED);
        }
        Thread consumer =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    Optional<Frame> next = queue.take(PATIENCE);
                                    if (next.isEmpty()) {
                                        return;
                                    }
                                    queue.settle(next.get(), FrameOutcome.ANALYSED);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        consumer.start();

        rig.swap();
        consumer.join();
        FrameCounts then = leaving.counts();
        configure(10);
        FrameLease next = rig.frames("front");
        Frame frame = next.take(PATIENCE).orElseThrow();
        next.settle(frame, FrameOutcome.ANALYSED);

        assertThat(then.dropped().get("abandoned")).isZero();
        assertThat(then.dropped().get("overflow")).isZero();
        FrameCounts now = rig.camera("front").counts();
        assertThat(now.analysed()).isGreaterThan(then.analysed());
        assertThat(now.received()).isGreaterThan(then.received());
        // More may have come since it was settled.
        assertThat(frame.sequence()).isBetween(now.received(), now.received() + now.waiting());
    }

    @Test
    void aWaitGoesOnAndIsNotBegunAnew() {
        rig.configure("front", "url", "rtsp://127.0.0.1:1/x", "reconnect.initial", "60s");
        rig.awaitState("front", CameraState.BACKOFF);
        CameraStatus then = status();
        int events = rig.journal.events().size();

        rig.swap();
        rig.configure("front", "url", "rtsp://127.0.0.1:1/x", "reconnect.initial", "60s");

        assertThat(status()).isEqualTo(then);
        assertThat(rig.pids()).isEmpty();
        assertThat(rig.journal.events()).hasSize(events);
    }

    @Test
    void aCameraThatIsOfflineStaysSoAndNobodyIsCalledAgain() {
        rig.configure("front", "url", "file:/nowhere.mp4");
        rig.awaitState("front", CameraState.OFFLINE);
        CameraStatus then = status();
        int events = rig.journal.events().size();

        rig.swap();
        rig.configure("front", "url", "file:/nowhere.mp4");

        assertThat(status()).isEqualTo(then);
        assertThat(rig.journal.events()).hasSize(events);
    }

    @Test
    void aDecoderThatDiedMeanwhileIsReplacedAtOnce() throws Exception {
        configure(10, "reconnect.initial", "60s");
        rig.awaitState("front", CameraState.STREAMING);
        long pid = rig.pids().get(0);

        rig.swap();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Rig.soon().until(() -> rig.pids().isEmpty());
        configure(10, "reconnect.initial", "60s");

        Rig.soon().until(() -> status().lastFrame().isPresent());
        assertThat(rig.pids()).doesNotContain(pid);
    }

    @Test
    void aDecoderWhoseReaderVanishedInTheMiddleOfAFrameIsReadOnFromTheNext() throws Exception {
        Source source =
                new Source(
                        "file:" + clip, List.of(), Source.Pace.NATIVE, true, Source.Transport.TCP);
        DecoderSettings plan = new DecoderSettings("front", source, 10, 320);
        Launcher launcher =
                new Launcher(plan, plan.addresses(), rig.context, rig.context.trust(plan));
        Endpoint endpoint = new Endpoint(0, Source.Transport.TCP);
        HeldChildren first = HeldChildren.of(rig.children, "first");
        Decoder decoder =
                launcher.launch(
                        first,
                        new Launcher.Wanted("camera-front", endpoint, ServiceLevel.FULL, 0),
                        Clearance.plain(plan.addresses().get(0)),
                        Decoder.Origin.STARTED);
        Size size = decoder.stream().size();
        ByteBuffer memory = ByteBuffer.allocateDirect(size.bytes());
        decoder.stream().next(memory);
        long told = decoder.child().position();
        decoder.stream().next(memory);
        decoder.child().output().readNBytes(1000);
        first.close();

        Handover.Running left =
                new Handover.Running(
                        "camera-front",
                        decoder.child().process().pid(),
                        size,
                        decoder.stream().header(),
                        told,
                        endpoint,
                        ServiceLevel.FULL);
        Decoder adopted =
                launcher.adopt(HeldChildren.of(rig.children, "second"), left).orElseThrow();
        long begun = left.picturesSince(adopted.child().position());
        FrameStream stream = adopted.stream();

        assertThat(begun).isEqualTo(2);
        assertThat(stream.next(memory)).isTrue();
        assertThat(stream.next(memory)).isTrue();
        adopted.child().end(Duration.ZERO);
    }
}
