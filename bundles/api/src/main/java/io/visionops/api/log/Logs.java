package io.visionops.api.log;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads the log, today's and that of earlier days. Thread-safe. */
@ProviderType
public interface Logs {

    /** The newest lines that are asked for. Takes a few seconds at most. */
    LogPage read(LogQuery query) throws IOException;

    /**
     * Lines to come.
     *
     * @param query its times and limit are not looked at
     */
    LogTail follow(LogQuery query) throws IOException;
}
