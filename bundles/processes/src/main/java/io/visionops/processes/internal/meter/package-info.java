/** What a child and its descendants use, read from the machine. */
@NullMarked
package io.visionops.processes.internal.meter;

import org.jspecify.annotations.NullMarked;
