package io.visionops.ingest.internal.health;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.Cameras;
import io.visionops.api.recovery.RecoveryAction.Scope;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.ingest.internal.IngestComponent;
import io.visionops.support.recovery.OfferedRepairs;
import io.visionops.support.recovery.TimedRepair;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Recovery actions of cameras. Thread-safe. */
@Component(
        service = {},
        immediate = true)
public final class IngestRepairs {

    /** A camera is told and nobody waits for what comes of it. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final OfferedRepairs repairs;

    @Activate
    public IngestRepairs(BundleContext context, @Reference IngestComponent ingest) {
        repairs = new OfferedRepairs(context, reconnect(ingest), replaceDecoder(ingest));
    }

    @Deactivate
    void close() {
        repairs.close();
    }

    static TimedRepair reconnect(Cameras cameras) {
        return repair(
                cameras,
                "ingest.reconnect",
                "the camera brings no pictures for some seconds",
                camera -> camera.settings().enabled(),
                Camera::reconnect,
                "its connection was ended and is made anew");
    }

    static TimedRepair replaceDecoder(Cameras cameras) {
        return repair(
                cameras,
                "ingest.replace-decoder",
                "a second connection to the camera for some seconds; no picture is missing where"
                        + " the camera allows two",
                camera -> camera.connection().isPresent(),
                Camera::renew,
                "another decoder takes over at its first picture; the present one stays if it has"
                        + " none");
    }

    private static TimedRepair repair(
            Cameras cameras,
            String name,
            String cost,
            Predicate<Camera> isTarget,
            BiConsumer<Camera, Actor> repair,
            String done) {
        return new TimedRepair(
                name,
                Scope.CHILD,
                cost,
                DEADLINE,
                () ->
                        cameras.list().stream()
                                .filter(isTarget)
                                .map(camera -> Subject.camera(camera.settings().name()))
                                .toList(),
                (target, reason, actor) -> {
                    Optional<Camera> found =
                            cameras.list().stream()
                                    .filter(one -> one.settings().name().equals(target.name()))
                                    .findFirst();
                    found.ifPresent(camera -> repair.accept(camera, actor));
                    return found.isPresent()
                            ? RecoveryResult.done(target.name() + ": " + done)
                            : RecoveryResult.failed(target.name() + " has just been removed");
                });
    }
}
