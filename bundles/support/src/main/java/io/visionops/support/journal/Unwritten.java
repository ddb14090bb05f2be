package io.visionops.support.journal;

import io.visionops.api.journal.Entry;

/**
 * An entry that the journal has not acknowledged: it knows by the id whether it has it.
 *
 * @param camera whose entries are written in their order; empty where it is none's
 */
public record Unwritten(String camera, Entry entry) {}
