package io.visionops.api.journal;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The only way to make a durable fact. Thread-safe; entries of one thread are written in its order.
 */
@ProviderType
public interface Journal {

    /**
     * Writes an entry: one transaction, committed in a group within 100 ms, synced to disk.
     *
     * @return completes after the commit; fails with {@link JournalException} when the entry was
     *     not written, which includes a full queue: the call itself never blocks. With {@link
     *     EntryRefusedException}, do not try again
     */
    CompletableFuture<Void> append(Entry entry);
}
