package io.visionops.health.internal;

import io.visionops.api.child.ChildProcesses;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.machine.Limits;
import io.visionops.health.internal.machine.MachineHealth;
import io.visionops.health.internal.machine.OfferedChecks;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checks of the computer. Thread-safe. */
@Component(
        service = MachineComponent.class,
        immediate = true,
        configurationPid = HealthComponent.PID)
public final class MachineComponent {

    private static final Logger LOG = LoggerFactory.getLogger(MachineComponent.class);

    /** Properties that name folders which are written. */
    private static final List<String> FOLDERS = List.of("karaf.etc", "karaf.log", "java.io.tmpdir");

    /** Folders of parts, below the data folder. */
    private static final List<String> PARTS =
            List.of("", "health", "inference", "ingest", "models", "store");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ChildProcesses children;

    private final MachineHealth machine;
    private final BundleContext context;
    private @Nullable OfferedChecks offered;

    @Activate
    public MachineComponent(BundleContext context, HealthConfig config) {
        this.context = context;
        machine =
                new MachineHealth(
                        () -> Optional.ofNullable(children),
                        HealthComponent.data(context),
                        written(context),
                        read(config, ConfiguredLimits.defaults()),
                        Clock.systemUTC(),
                        Ticker.system());
    }

    /** The references above are bound when the constructor has returned. */
    @Activate
    void start() {
        machine.start();
        offered = new OfferedChecks(context, machine.checks());
    }

    /** For whoever acts on what is found. */
    public MachineHealth machine() {
        return machine;
    }

    private static List<Path> written(BundleContext context) {
        Path data = HealthComponent.data(context);
        return Stream.concat(
                        FOLDERS.stream()
                                .map(context::getProperty)
                                .filter(Objects::nonNull)
                                .map(Path::of),
                        PARTS.stream().map(data::resolve))
                .toList();
    }

    /** The other component of this configuration says what is wrong with its own values. */
    private static Limits read(HealthConfig config, Limits lastGood) {
        try {
            return ConfiguredLimits.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "etc/{}.cfg: {}; the last good limits stay",
                    HealthComponent.PID,
                    e.getMessage());
            return lastGood;
        }
    }

    @Modified
    void change(HealthConfig config) {
        machine.change(read(config, machine.limits()));
    }

    @Deactivate
    void stop() {
        if (offered != null) {
            offered.close();
        }
        machine.close();
    }
}
