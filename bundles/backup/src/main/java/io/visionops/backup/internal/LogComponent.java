package io.visionops.backup.internal;

import io.visionops.api.log.LogLevel;
import io.visionops.api.log.LogLevels;
import io.visionops.api.log.LogPage;
import io.visionops.api.log.LogQuery;
import io.visionops.api.log.LogTail;
import io.visionops.api.log.LoggerLevel;
import io.visionops.api.log.Logs;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.backup.internal.log.LogLevelSwitch;
import io.visionops.backup.internal.log.LogReader;
import io.visionops.backup.internal.log.LogSpaceGuard;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The log of this installation. Thread-safe. */
@Component(
        service = {Logs.class, LogLevels.class, LogComponent.class},
        immediate = true)
public final class LogComponent implements Logs, LogLevels {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SPACE = Duration.ofSeconds(10);

    private final LogReader reader;
    private final LogLevelSwitch levels;
    private final LogSpaceGuard space;
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-backup-log-levels");

    @Activate
    public LogComponent(BundleContext context, @Reference ConfigurationAdmin configurations) {
        Path folder = Path.of(context.getProperty("karaf.log"));
        reader = new LogReader(folder, Ticker.system());
        levels = new LogLevelSwitch(new OfLogging(configurations), Clock.systemUTC());
        space =
                new LogSpaceGuard(
                        folder, () -> folder.toFile().getUsableSpace(), levels::warningsAlone);
        RepeatedTask.schedule(thread, "the log levels", LOOK, LOOK, levels::look);
        RepeatedTask.schedule(thread, "the disk of the log", LOOK, SPACE, space::look);
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
        levels.close();
    }

    /** For the check: why not everything is logged; empty when it is. */
    public Optional<String> shortOfSpace() {
        return space.trouble();
    }

    @Override
    public LogPage read(LogQuery query) throws IOException {
        return reader.read(query);
    }

    @Override
    public LogTail follow(LogQuery query) throws IOException {
        return reader.follow(query);
    }

    @Override
    public List<LoggerLevel> levels() {
        return levels.levels();
    }

    @Override
    public void set(String logger, LogLevel level, Duration time, Actor by) {
        levels.set(logger, level, time, by);
    }

    @Override
    public void reset(String logger, Actor by) {
        levels.reset(logger, by);
    }

    private record OfLogging(ConfigurationAdmin configurations)
            implements LogLevelSwitch.Configuration {

        private Configuration configuration() throws IOException {
            return configurations.getConfiguration("org.ops4j.pax.logging", "?");
        }

        @Override
        public Map<String, Object> read() throws IOException {
            Dictionary<String, Object> properties = configuration().getProperties();
            Map<String, Object> values = new HashMap<>();
            if (properties != null) {
                for (String key : Collections.list(properties.keys())) {
                    values.put(key, properties.get(key));
                }
            }
            values.remove(Constants.SERVICE_PID);
            return values;
        }

        @Override
        public void write(Map<String, Object> values) throws IOException {
            configuration().update(new Hashtable<>(values));
        }
    }
}
