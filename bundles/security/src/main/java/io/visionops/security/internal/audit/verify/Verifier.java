package io.visionops.security.internal.audit.verify;

import io.visionops.security.internal.audit.chain.DevicePublicKey;
import io.visionops.security.internal.audit.chain.Hashes;
import io.visionops.security.internal.audit.chain.Head;
import io.visionops.security.internal.audit.chain.LogFolder;
import io.visionops.security.internal.audit.chain.PruneOrders;
import io.visionops.security.internal.audit.verify.Finding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Verifies a log against its own chain and against what is known from outside. Reads only, also
 * while the log is written. Thread-safe.
 */
public final class Verifier {

    private static final int TRIES = 3;

    private Verifier() {}

    /**
     * @param stop asked now and then whether to give up
     * @throws IOException when the log cannot be read
     */
    public static VerificationReport verify(
            LogFolder folder, Evidence evidence, BooleanSupplier stop) throws IOException {
        // Before the log: while it is written, the log is ahead of it.
        Optional<Head> head = Head.read(folder.head());
        for (int left = TRIES - 1; ; left--) {
            try {
                return verifyNow(folder.asOfNow(), head, evidence, stop);
            } catch (NoSuchFileException removed) {
                // By retention, under an order that stands in the log by now.
                if (left == 0) {
                    throw removed;
                }
            }
        }
    }

    private static VerificationReport verifyNow(
            LogFolder folder, Optional<Head> head, Evidence evidence, BooleanSupplier stop)
            throws IOException {
        Hashes hashes = new Hashes();
        Findings findings = new Findings();
        Optional<DevicePublicKey> device = device(folder, evidence, findings);
        PruneOrders orders = PruneOrders.read(folder);
        LineIndex index = LineIndex.read(folder);
        if (evidence.initial().isEmpty()) {
            findings.add(
                    Kind.UNVERIFIED,
                    0,
                    -1,
                    "tags were not verified: that needs the first key of the log");
        }
        Verification verification =
                new Verification(hashes, evidence, device, head, orders, index, findings);
        boolean[] complete = {true};
        folder.read(
                (bytes, from, to) -> {
                    if (verification.lines() == index.size()) {
                        return false;
                    }
                    if (verification.lines() % 1024 == 0 && stop.getAsBoolean()) {
                        complete[0] = false;
                        return false;
                    }
                    verification.line(bytes, from, to);
                    return true;
                });
        if (complete[0]) {
            verification.end();
        }
        return verification.report(complete[0]);
    }

    private static Optional<DevicePublicKey> device(
            LogFolder folder, Evidence evidence, Findings findings) throws IOException {
        if (evidence.device().isPresent()) {
            return evidence.device();
        }
        if (!Files.exists(folder.publicKey())) {
            findings.add(Kind.UNVERIFIED, 0, -1, "signatures were not verified: no public key");
            return Optional.empty();
        }
        findings.add(
                Kind.UNVERIFIED,
                0,
                -1,
                "the public key is the one in the folder: who can write there can change it");
        try {
            return Optional.of(
                    DevicePublicKey.read(
                            Files.readString(folder.publicKey(), StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            findings.add(Kind.SIGNATURE, 0, -1, folder.publicKey() + " is no public key");
            return Optional.empty();
        }
    }
}
