/** Asks cameras for less while the machine is short of something, and gives it back. */
@NullMarked
package io.visionops.health.internal.governor;

import org.jspecify.annotations.NullMarked;
