package io.visionops.ingest.internal.tamper;

import io.visionops.api.camera.Fault;
import io.visionops.api.camera.PictureLimits;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.stream.PictureInspector;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the inspector of each camera's pictures, and keeps what they learn on disk: on a thread of
 * its own, since a disk that hangs must not hold up a camera. Thread-safe.
 */
public final class PictureInspectors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PictureInspectors.class);

    /**
     * Far more than cameras learn while one view is written; beyond that it waits till next time.
     */
    private static final int WAITING = 256;

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ReferenceViewStore views;
    private final ThreadPoolExecutor writer;

    /**
     * @param folder for the usual views
     */
    public PictureInspectors(Path folder) {
        views = new ReferenceViewStore(folder);
        writer = DaemonThreads.pool("visionops-ingest-views", 1, WAITING, IDLE);
    }

    /** The inspector of one feed. */
    public PictureInspector inspector(DecoderSettings plan) {
        String camera = plan.camera();
        String source = plan.addresses().get(0).identity();
        return new Inspector(
                plan,
                new PictureWatch(
                        PictureLimits.DEFAULTS,
                        views.load(camera, source),
                        usual -> keep(camera, source, usual)));
    }

    private void keep(String camera, String source, Optional<ReferenceView> usual) {
        try {
            writer.execute(() -> write(camera, source, usual));
        } catch (RejectedExecutionException e) {
            LOG.debug("camera {}: its usual view is not kept this time", camera, e);
        }
    }

    private void write(String camera, String source, Optional<ReferenceView> usual) {
        try {
            if (usual.isPresent()) {
                views.save(camera, source, usual.get());
            } else {
                views.forget(camera);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("camera {}: its usual view is not kept: {}", camera, e.toString());
        }
    }

    /** Writes what waits, for a second at most. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("some usual views are not kept");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of a file that is read as fast as it can be, time is what the file says. */
    private final class Inspector implements PictureInspector {

        private final DecoderSettings plan;
        private final PictureWatch watch;
        private final long step;
        private long fileTime;

        Inspector(DecoderSettings plan, PictureWatch watch) {
            this.plan = plan;
            this.watch = watch;
            this.step = plan.isAsap() ? Duration.ofSeconds(1).toNanos() / plan.fps() : 0;
        }

        @Override
        public Optional<Fault> inspect(ByteBuffer i420, Size size, long nanos) {
            fileTime += step;
            return watch.look(i420, size.width(), size.height(), step > 0 ? fileTime : nanos);
        }

        @Override
        public OptionalLong since() {
            return plan.isAsap() ? OptionalLong.empty() : watch.since();
        }

        @Override
        public void goOnWith(Optional<Fault> fault) {
            fault.ifPresent(watch::goOnWith);
        }

        @Override
        public void limit(PictureLimits limits) {
            watch.limit(limits);
        }

        @Override
        public void acceptView() {
            watch.acceptView();
        }

        @Override
        public void forget() {
            keep(plan.camera(), plan.addresses().get(0).identity(), Optional.empty());
        }
    }
}
