package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.journal.Fact;
import io.visionops.ingest.internal.config.CameraFile;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.config.LineReach;
import io.visionops.ingest.internal.handover.HandoverFile;
import io.visionops.ingest.internal.stream.StreamContext;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import io.visionops.ingest.internal.trust.TrustStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts settings into force: starts cameras, changes them while they run, ends them, leaves them to
 * a successor. A decoder ends only for settings that it depends on, which are {@link
 * DecoderSettings}. Used by the thread of changes alone.
 */
final class CameraLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CameraLifecycle.class);

    private final StreamContext context;
    private final Function<ConfiguredCamera, Runnable> publisher;

    /** Decoders that are on their way out, by camera: the next of that name waits for them. */
    private final Map<String, CompletableFuture<Void>> ending = new HashMap<>();

    /**
     * @param publisher makes a camera known as a service; what it returns withdraws it
     */
    CameraLifecycle(StreamContext context, Function<ConfiguredCamera, Runnable> publisher) {
        this.context = context;
        this.publisher = publisher;
    }

    /**
     * A camera has these settings from now on.
     *
     * @param old as it is until now; null when there is none
     */
    PublishedCamera apply(CameraFile file, @Nullable PublishedCamera old, CameraSettings settings) {
        if (old != null && old.camera().settings().equals(settings)) {
            return old;
        }
        if (old != null) {
            old.withdraw();
        }
        LineReach.warnings(settings.analysis())
                .forEach(words -> LOG.warn("etc/{}: {}", file.file(), words));
        StreamSupervisor supervisor = old == null ? null : old.supervisor();
        if (!settings.enabled()) {
            return disabled(supervisor, settings);
        }
        DecoderSettings plan = DecoderSettings.of(settings);
        if (supervisor != null && supervisor.plan().equals(plan)) {
            supervisor.useReconnect(settings.reconnect());
        } else {
            supervisor = replaced(supervisor, plan, settings.reconnect());
        }
        supervisor.pictures().limit(settings.picture());
        if (old != null && isDrawnAnew(old.camera().settings().analysis(), settings.analysis())) {
            supervisor.pictures().acceptView();
        }
        ConfiguredCamera camera = new ConfiguredCamera(settings, supervisor, context);
        return new PublishedCamera(camera, publisher.apply(camera));
    }

    private PublishedCamera disabled(
            @Nullable StreamSupervisor supervisor, CameraSettings settings) {
        if (supervisor != null) {
            supervisor.disable();
        }
        end(supervisor);
        // Also one that was disabled while we did not run.
        expectNoMore(settings.name());
        LOG.info("camera {} is disabled", settings.name());
        return new PublishedCamera(new ConfiguredCamera(settings, context), null);
    }

    private void expectNoMore(String camera) {
        context.journal().fact(new Fact.Expected(camera, context.clock().instant(), false));
    }

    /** Who draws lines has the picture before him, and so finds it right. */
    private static boolean isDrawnAnew(DetectionSettings before, DetectionSettings now) {
        return !before.lines().equals(now.lines())
                || !before.zones().equals(now.zones())
                || !before.masks().equals(now.masks());
    }

    private StreamSupervisor replaced(
            @Nullable StreamSupervisor old, DecoderSettings plan, ReconnectPolicy reconnect) {
        end(old);
        CompletableFuture<Void> predecessor =
                ending.getOrDefault(plan.camera(), CompletableFuture.completedFuture(null));
        StreamSupervisor supervisor = new StreamSupervisor(plan, reconnect, context, predecessor);
        if (old == null) {
            new HandoverFile(context.folder(), plan)
                    .read(context.ticker().nanos(), context.clock().instant())
                    .ifPresent(supervisor::continueFrom);
        } else {
            supervisor.ring().continueAfter(old.ring().sequence());
            supervisor.use(old.requests());
        }
        supervisor.start();
        return supervisor;
    }

    private void end(@Nullable StreamSupervisor supervisor) {
        ending.values().removeIf(CompletableFuture::isDone);
        if (supervisor != null) {
            supervisor.end();
            ending.put(supervisor.plan().camera(), supervisor.gone());
        }
    }

    /**
     * A configuration is gone: its camera ends, and what was learned from its pictures and of its
     * identity is forgotten.
     *
     * @param old null when it never ran
     */
    void remove(CameraFile file, @Nullable PublishedCamera old) {
        if (old != null) {
            old.withdraw();
            StreamSupervisor supervisor = old.supervisor();
            if (supervisor != null) {
                supervisor.pictures().forget();
            } else {
                // One that is disabled has no stream, and a view from when it was not.
                DecoderSettings plan = DecoderSettings.of(old.camera().settings());
                context.senses().inspectors().apply(plan).forget();
            }
            end(supervisor);
        }
        expectNoMore(file.camera());
        if (old != null) {
            new TrustStore(context.folder()).forget(file.camera());
        }
    }

    /**
     * At the end: readers come to a frame boundary, frames that wait are analysed, and decoders
     * that stream are left to a successor.
     *
     * @param deadline for the frames, by {@link System#nanoTime}
     */
    static void handOver(Collection<PublishedCamera> cameras, long deadline)
            throws InterruptedException {
        List<StreamSupervisor> supervisors = supervisors(cameras);
        supervisors.forEach(StreamSupervisor::leave);
        for (StreamSupervisor supervisor : supervisors) {
            supervisor.awaitReleased(Duration.ofNanos(deadline - System.nanoTime()));
        }
        for (StreamSupervisor supervisor : supervisors) {
            supervisor.ring().awaitDrained(Duration.ofNanos(deadline - System.nanoTime()));
        }
        cameras.forEach(PublishedCamera::withdraw);
        supervisors.forEach(StreamSupervisor::handOver);
    }

    /**
     * Whether all decoders are gone or left.
     *
     * @param deadline by {@link System#nanoTime}
     */
    static boolean awaitGone(Collection<PublishedCamera> cameras, long deadline)
            throws InterruptedException {
        boolean all = true;
        for (StreamSupervisor supervisor : supervisors(cameras)) {
            long left = deadline - System.nanoTime();
            all &= supervisor.awaitGone(Duration.ofNanos(Math.max(0, left)));
        }
        return all;
    }

    private static List<StreamSupervisor> supervisors(Collection<PublishedCamera> cameras) {
        return cameras.stream().flatMap(one -> Stream.ofNullable(one.supervisor())).toList();
    }
}
