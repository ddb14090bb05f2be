/** Starts, samples, hands over and ends child processes. */
@NullMarked
package io.visionops.processes.internal;

import org.jspecify.annotations.NullMarked;
