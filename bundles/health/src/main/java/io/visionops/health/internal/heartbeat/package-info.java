/** Tells the watchdog process how far the work of this one is, and takes over what it recorded. */
@NullMarked
package io.visionops.health.internal.heartbeat;

import org.jspecify.annotations.NullMarked;
