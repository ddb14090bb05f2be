package io.visionops.store.internal;

import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.support.checkpoint.OfferedCheckpoint;
import io.visionops.support.checkpoint.TimedCheckpoint;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Writes what waits for the database when somebody asks for it; there also while the database
 * cannot be opened.
 */
@Component(
        service = {},
        immediate = true)
public final class StoreCheckpoint {

    private static final String STORE = "store";

    /** A full queue takes some seconds to be written. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final OfferedCheckpoint offered;

    @Activate
    public StoreCheckpoint(BundleContext context, @Reference StoreComponent store) {
        offered = new OfferedCheckpoint(context, action(store::flush, DEADLINE));
    }

    @Deactivate
    void close() {
        offered.close();
    }

    static TimedCheckpoint action(Supplier<CompletableFuture<Void>> flush, Duration deadline) {
        return new TimedCheckpoint(STORE, deadline, limit -> saved(flush.get(), limit));
    }

    private static CheckpointResult saved(CompletableFuture<Void> flushed, Duration limit)
            throws InterruptedException {
        try {
            flushed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return CheckpointResult.committed(STORE);
        } catch (TimeoutException e) {
            return CheckpointResult.failed(STORE, "not written within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return CheckpointResult.failed(STORE, String.valueOf(cause.getMessage()));
        }
    }
}
