package io.visionops.ingest.internal.decoder;

import org.jspecify.annotations.Nullable;

/**
 * The decoder program, installed when it is first asked for. A failure is not remembered: the disk
 * may have room again when the next asks. Thread-safe; callers wait for each other.
 */
public final class SharedDecoder {

    private final Installer installer;

    /** Guarded by "this". */
    private @Nullable DecoderProgram program;

    /** Where the program comes from. */
    @FunctionalInterface
    public interface Installer {

        /**
         * @throws DecoderUnavailable when it cannot be made to run
         */
        DecoderProgram install() throws DecoderUnavailable;
    }

    public SharedDecoder(Installer installer) {
        this.installer = installer;
    }

    /**
     * @throws DecoderUnavailable when it cannot be made to run
     */
    public synchronized DecoderProgram program() throws DecoderUnavailable {
        DecoderProgram known = program;
        if (known == null) {
            known = installer.install();
            program = known;
        }
        return known;
    }
}
