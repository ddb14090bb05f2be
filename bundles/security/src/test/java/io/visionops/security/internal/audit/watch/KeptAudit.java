package io.visionops.security.internal.audit.watch;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.audit.AuditPage;
import io.visionops.api.audit.AuditQuery;
import io.visionops.api.audit.AuditReport;
import io.visionops.api.subject.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An audit that keeps what it is told. Thread-safe. */
final class KeptAudit implements Audit {

    /** Guarded by "this". */
    private final List<AuditEntry> entries = new ArrayList<>();

    synchronized List<String> lines() {
        return entries.stream()
                .map(
                        one ->
                                String.join(
                                        " ",
                                        one.actor().toString(),
                                        one.action(),
                                        one.object().toString(),
                                        one.outcome(),
                                        one.detail()))
                .toList();
    }

    @Override
    public synchronized CompletableFuture<Void> append(AuditEntry entry) {
        entries.add(entry);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public AuditPage entries(AuditQuery query, Actor by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AuditReport verify(Actor by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AuditReport accept(String reason, Actor by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> checkpoint() {
        return Optional.empty();
    }

    @Override
    public String initialKey(Actor by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forgetInitialKey(Actor by) {
        throw new UnsupportedOperationException();
    }
}
