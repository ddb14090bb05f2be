package io.visionops.shell.internal.json;

/**
 * The recovery key.
 *
 * @param recoveryKey letters and digits in groups of four
 */
public record BackupKeyDocument(String recoveryKey) {

    /** Not by accident into a log. */
    @Override
    public String toString() {
        return "BackupKeyDocument[***]";
    }
}
