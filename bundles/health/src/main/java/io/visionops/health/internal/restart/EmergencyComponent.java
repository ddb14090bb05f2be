package io.visionops.health.internal.restart;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.MachineComponent;
import io.visionops.health.internal.heartbeat.HeartbeatComponent;
import io.visionops.health.internal.machine.MachineReadings;
import io.visionops.support.checkpoint.CheckpointRound;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emergency stop: saves everything and has the watchdog start the program again without
 * cameras, which are tried again when safe mode is over.
 */
@Component(service = EmergencyComponent.class, immediate = true)
public final class EmergencyComponent {

    private static final Logger LOG = LoggerFactory.getLogger(EmergencyComponent.class);

    private static final Actor ACTOR = Actor.part("health");
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration SAVE_LIMIT = Duration.ofSeconds(20);

    private final MachineComponent machine;
    private final HeartbeatComponent heartbeats;
    private final EmergencyStop stop = new EmergencyStop(Ticker.system());
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-health-emergency");

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<CheckpointAction> checkpoints = new CopyOnWriteArrayList<>();

    @Activate
    public EmergencyComponent(
            BundleContext context,
            @Reference MachineComponent machine,
            @Reference HeartbeatComponent heartbeats) {
        this.machine = machine;
        this.heartbeats = heartbeats;
        // Without cameras there is nothing left to stop.
        if (context.getProperty("visionops.safe.mode") == null) {
            RepeatedTask.schedule(thread, "the emergency stop", EVERY, EVERY, this::look);
        }
    }

    private void look() {
        OptionalDouble temperature =
                machine.machine()
                        .readings()
                        .map(MachineReadings::temperature)
                        .orElse(OptionalDouble.empty());
        Optional<String> cause =
                stop.cause(temperature, machine.machine().limits().temperatureStop());
        cause.ifPresent(this::end);
    }

    private void end(String cause) {
        LOG.error("emergency stop, all cameras are ended: {}", cause);
        String reason = "emergency stop: " + cause;
        try {
            CheckpointRound.ask(List.copyOf(checkpoints), SAVE_LIMIT, reason, ACTOR);
            heartbeats.safeMode(reason);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
    }
}
