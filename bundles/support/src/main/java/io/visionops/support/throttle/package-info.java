/** Waits between tries of somebody who fails again and again. */
@NullMarked
package io.visionops.support.throttle;

import org.jspecify.annotations.NullMarked;
