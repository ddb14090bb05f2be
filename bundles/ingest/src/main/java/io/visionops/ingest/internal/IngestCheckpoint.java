package io.visionops.ingest.internal;

import io.visionops.support.checkpoint.OfferedCheckpoint;
import io.visionops.support.checkpoint.TimedCheckpoint;
import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Saves what is known of cameras when somebody asks for it. */
@Component(
        service = {},
        immediate = true)
public final class IngestCheckpoint {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final OfferedCheckpoint offered;

    @Activate
    public IngestCheckpoint(BundleContext context, @Reference IngestComponent ingest) {
        offered =
                new OfferedCheckpoint(
                        context, new TimedCheckpoint("ingest", DEADLINE, ingest::checkpoint));
    }

    @Deactivate
    void close() {
        offered.close();
    }
}
