package io.visionops.ingest.internal.decoder;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The certificate to which a decoder is held.
 *
 * @param file that holds it
 * @param host the name in it, where the address has another; empty for a numeric address, whose
 *     certificate is not asked for a name
 */
public record Pin(Path file, Optional<String> host) {}
