package io.visionops.api.log;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What is written to the log from now on. For one thread. */
@ProviderType
public interface LogTail extends AutoCloseable {

    /** What was written since the last call, the oldest first; waits for nothing. */
    List<LogLine> next() throws IOException;

    @Override
    void close();
}
