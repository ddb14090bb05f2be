package io.visionops.ingest.internal.incident;

import io.visionops.support.network.HostLookup;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which address a host has. A name server that hangs holds up a thread of its own and nobody else:
 * names are known some time after they are asked for, and as they were when they first were.
 * Thread-safe.
 */
final class DnsCache implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DnsCache.class);

    private static final int WAITING = 1000;

    /** Empty while a name is looked up, or not known. Guarded by "this". */
    private final Map<String, Optional<InetAddress>> known = new HashMap<>();

    private final Runnable changed;
    private final HostLookup lookups;

    /**
     * @param changed called by a thread of this book when it knows more
     */
    DnsCache(Runnable changed) {
        this.changed = changed;
        this.lookups = new HostLookup("visionops-ingest-hosts", WAITING);
    }

    /** What is known now; a name that is new is looked up. */
    Optional<InetAddress> find(String host) {
        synchronized (this) {
            Optional<InetAddress> found = known.get(host);
            if (found != null) {
                return found;
            }
            if (HostLookup.isLiteral(host)) {
                // No name server is asked for these.
                found = HostLookup.now(host);
                known.put(host, found);
                return found;
            }
            known.put(host, Optional.empty());
        }
        if (!lookups.later(host, answer -> answered(host, answer))) {
            LOG.debug("{} is not looked up", host);
            forget(host);
        }
        return Optional.empty();
    }

    /** To be looked up again when it is asked for next. */
    private synchronized void forget(String host) {
        known.remove(host);
    }

    private void answered(String host, Optional<InetAddress> found) {
        if (found.isEmpty()) {
            forget(host);
            return;
        }
        synchronized (this) {
            known.put(host, found);
        }
        changed.run();
    }

    @Override
    public void close() {
        lookups.close();
    }
}
