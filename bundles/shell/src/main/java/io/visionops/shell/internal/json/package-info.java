/**
 * The documents that commands print with {@code --json}. Keys are always there; what is absent is
 * null; times are UTC with milliseconds.
 */
@NullMarked
package io.visionops.shell.internal.json;

import org.jspecify.annotations.NullMarked;
