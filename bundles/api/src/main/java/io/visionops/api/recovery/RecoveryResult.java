package io.visionops.api.recovery;

/**
 * What came of a repair.
 *
 * @param done whether it was made; that the fault is gone shows later
 * @param detail one line for a person
 */
public record RecoveryResult(boolean done, String detail) {

    public static RecoveryResult done(String detail) {
        return new RecoveryResult(true, detail);
    }

    public static RecoveryResult failed(String detail) {
        return new RecoveryResult(false, detail);
    }
}
