package io.visionops.shell.internal.completion;

import io.visionops.api.log.LoggerLevel;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Loggers that have a level of their own, and those of the parts. */
@Service
public final class Loggers extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return Stream.concat(
                        parts.find(Part.LOG_LEVELS).stream()
                                .flatMap(levels -> levels.levels().stream())
                                .map(LoggerLevel::logger),
                        Stream.of("ingest", "inference", "store", "health", "backup", "updater")
                                .map(part -> "io.visionops." + part))
                .distinct();
    }
}
