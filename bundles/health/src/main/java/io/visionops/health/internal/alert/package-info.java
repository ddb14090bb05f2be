/** Alerts by rules: conditions that last are told once, explained, silenced and escalated. */
@NullMarked
package io.visionops.health.internal.alert;

import org.jspecify.annotations.NullMarked;
