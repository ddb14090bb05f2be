package io.visionops.api.audit;

import io.visionops.api.subject.Actor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The audit of this installation. What is appended can be read and verified, and neither changed
 * nor removed without a trace. Thread-safe.
 */
@ProviderType
public interface Audit {

    /** Characters of a reason at most. */
    int LONGEST_REASON = 500;

    /**
     * Writes an entry. Never blocks. No entry may hold a secret.
     *
     * @return completes when it is on the disk; fails when it will never be
     */
    CompletableFuture<Void> append(AuditEntry entry);

    /**
     * Reads entries, newest first, in pages; that somebody reads is an entry itself. Waits for the
     * disk.
     *
     * @throws AuditException when they cannot be read
     */
    AuditPage entries(AuditQuery query, Actor by) throws AuditException;

    /**
     * Verifies all there is, and compares it with the checkpoints that are kept elsewhere. Takes
     * seconds.
     *
     * @throws AuditException when it cannot be read, or another verification is under way
     */
    AuditReport verify(Actor by) throws AuditException;

    /**
     * Accepts what a verification finds now: it is told with who accepted it, and is no trouble any
     * more. That is an entry itself. Takes seconds.
     *
     * @param reason one line of 1 to {@value #LONGEST_REASON} characters
     * @return what a verification says afterwards
     * @throws AuditException when there is nothing to accept, or it cannot be written
     */
    AuditReport accept(String reason, Actor by) throws AuditException;

    /**
     * The newest signed checkpoint, one line of text that any message may carry: who keeps it can
     * tell later whether the audit still holds what it held. Empty before the first one. Never
     * blocks.
     */
    Optional<String> checkpoint();

    /**
     * The first key, by which a verifier elsewhere can tell every entry from a forged one; as text.
     *
     * @throws AuditException when it is not on this computer any more
     */
    String initialKey(Actor by) throws AuditException;

    /**
     * Removes the first key from this computer, when it is kept elsewhere.
     *
     * @throws AuditException when it cannot be removed
     */
    void forgetInitialKey(Actor by) throws AuditException;
}
