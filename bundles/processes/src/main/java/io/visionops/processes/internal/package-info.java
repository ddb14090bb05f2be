/** Custody of child processes. */
@NullMarked
package io.visionops.processes.internal;

import org.jspecify.annotations.NullMarked;
