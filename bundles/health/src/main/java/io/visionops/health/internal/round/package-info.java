/** Rounds of all checks, and what they found. */
@NullMarked
package io.visionops.health.internal.round;

import org.jspecify.annotations.NullMarked;
