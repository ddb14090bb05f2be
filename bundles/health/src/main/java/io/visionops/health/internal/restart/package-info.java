/** Starts parts, or the whole program, again: on a schedule, or when somebody asks for it. */
@NullMarked
package io.visionops.health.internal.restart;

import org.jspecify.annotations.NullMarked;
