package io.visionops.backup.internal;

import io.visionops.api.database.DatabaseContents;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.database.DatabaseMerge;
import io.visionops.api.database.DatabaseReplacement;
import io.visionops.backup.internal.work.DatabaseServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A database of lines, each of them a row. */
final class FakeDatabase implements DatabaseServices, DatabaseCopies, DatabaseReplacement {

    private final Path file;

    /** Copies wait for it. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    FakeDatabase(Path file) {
        this.file = file;
    }

    @Override
    public DatabaseCopies copies() {
        return this;
    }

    @Override
    public DatabaseReplacement replacement() {
        return this;
    }

    @Override
    public void copyTo(Path target) throws IOException {
        try {
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new IOException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        // Not by a copy within the system, which who records what is written does not see.
        Files.write(target, Files.readAllBytes(file), StandardOpenOption.CREATE_NEW);
    }

    @Override
    public long length() throws IOException {
        return Files.size(file);
    }

    @Override
    public DatabaseContents inspect(Path copy) throws IOException {
        long rows = Files.readAllLines(copy).size();
        return new DatabaseContents(4, Map.of("events", rows));
    }

    @Override
    public DatabaseMerge replaceWith(Path verified) throws IOException {
        Files.copy(verified, file, StandardCopyOption.REPLACE_EXISTING);
        return new DatabaseMerge(Optional.empty(), Map.of("events", 2L), "");
    }
}
