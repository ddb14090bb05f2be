package io.visionops.store.internal;

import io.visionops.store.internal.write.JournalWriter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stretch of serving, ended by whoever comes first. Thread-safe. */
final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Runnable ENDED = Session::nothing;

    private final JournalWriter writer;

    /** Withdraws the services; {@link #ENDED} forbids to offer them. */
    private final AtomicReference<@Nullable Runnable> withdrawal = new AtomicReference<>();

    Session(JournalWriter writer) {
        this.writer = writer;
    }

    JournalWriter writer() {
        return writer;
    }

    /** Offers the services. */
    void publish(StoreServices.Publisher services, StoreServices offered) {
        try {
            Runnable withdraw = services.publish(offered);
            if (!withdrawal.compareAndSet(null, withdraw)) {
                withdraw.run();
            }
        } catch (RuntimeException failure) {
            LOG.error("the services of the store cannot be offered", failure);
        }
    }

    /**
     * Withdraws the services, then stops the writer: what their users write while they let go of
     * them is written still.
     */
    void end() {
        Runnable withdraw = withdrawal.getAndSet(ENDED);
        try {
            if (withdraw != null) {
                withdraw.run();
            }
        } finally {
            writer.stop();
        }
    }

    private static void nothing() {}
}
