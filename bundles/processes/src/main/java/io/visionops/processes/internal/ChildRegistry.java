package io.visionops.processes.internal;

import io.visionops.api.time.Ticker;
import io.visionops.processes.internal.meter.Meters;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.IntSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of all children in the framework; what others get is {@link BundleChildProcesses}.
 */
@Component(service = ChildRegistry.class, immediate = true, configurationPid = ChildRegistry.PID)
@Designate(ocd = ChildRegistry.Config.class)
public final class ChildRegistry {

    static final String PID = "io.visionops.processes";

    private static final Logger LOG = LoggerFactory.getLogger(ChildRegistry.class);

    /** What an admin may set. */
    @ObjectClassDefinition(
            name = "VisionOps processes",
            description = "Starts and ends child processes such as ffmpeg")
    public @interface Config {

        @AttributeDefinition(
                name = "Data folder",
                description =
                        "Records of children go to run/children below it; empty for the folder of"
                                + " all data. Takes effect at the next start")
        String folder() default "";

        @AttributeDefinition(
                name = "Sample interval",
                description = "Between two samples of memory and CPU, 100ms to 1h")
        String sample_interval() default Settings.SAMPLE_INTERVAL;

        @AttributeDefinition(
                name = "Children at most",
                description = "That live at the same time, 1 to 10000")
        int max_children() default Settings.MAX_CHILDREN;

        @AttributeDefinition(
                name = "Memory at most",
                description =
                        "Address space of each in MB, 512 to 1048576; what needs more ends with"
                                + " a cause. For children that start from then on")
        int max_memory_mb() default Settings.MAX_MEMORY;
    }

    private final Path data;
    private final Children children;

    @Activate
    public ChildRegistry(BundleContext context, Config config) {
        data = data(context);
        children =
                new Children(
                        settings(config, Settings.defaults(data)),
                        Clock.systemUTC(),
                        Ticker.system(),
                        Meters.ofThisMachine(),
                        Launcher.ofThisMachine());
        LOG.info("child processes can be started");
    }

    /** Children must not die because a number was changed. */
    @Modified
    void change(Config config) {
        children.change(settings(config, children.settings()));
    }

    Children children() {
        return children;
    }

    @Deactivate
    void close() {
        children.close();
        LOG.info("child processes are ended, none is left");
    }

    private static Path data(BundleContext context) {
        String all = context.getProperty("visionops.data");
        if (all != null) {
            return Path.of(all);
        }
        String karaf = context.getProperty("karaf.data");
        return Path.of(karaf == null ? "data" : karaf, "visionops");
    }

    /** One clear line for a wrong value, and the last good ones stay. */
    private Settings settings(Config config, Settings lastGood) {
        try {
            return new Settings(
                    config.folder().isBlank() ? data : Path.of(config.folder().strip()),
                    Settings.duration("sample.interval", config.sample_interval()),
                    whole("max.children", config::max_children),
                    whole("max.memory.mb", config::max_memory_mb));
        } catch (IllegalArgumentException e) {
            LOG.error("etc/{}.cfg is refused, the last good one stays: {}", PID, e.getMessage());
            return lastGood;
        }
    }

    private static int whole(String key, IntSupplier value) {
        try {
            return value.getAsInt();
        } catch (ComponentException e) {
            // SCR converts when the value is asked for.
            throw new IllegalArgumentException(key + " is no whole number: " + e.getMessage(), e);
        }
    }
}
