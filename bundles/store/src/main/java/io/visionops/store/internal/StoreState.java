package io.visionops.store.internal;

import io.visionops.store.internal.integrity.IntegrityStatus;
import io.visionops.store.internal.write.WriterState;
import io.visionops.support.breaker.BreakerStatus;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the store of a folder does at one moment.
 *
 * @param writer empty while the database is not open
 * @param trouble why it could not be opened at the last try
 * @param breaker between the store and the database
 * @param integrity what is known of it; also while it is not open
 * @param logBytes size of the write-ahead log
 */
public record StoreState(
        Path folder,
        Optional<WriterState> writer,
        Optional<String> trouble,
        BreakerStatus breaker,
        IntegrityStatus integrity,
        long logBytes) {}
