package io.visionops.shell.internal.completion;

import io.visionops.api.log.LogLevel;
import io.visionops.shell.internal.Parts;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** How important a line of the log can be. */
@Service
public final class LogLevels extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return Arrays.stream(LogLevel.values()).map(LogLevel::word);
    }
}
