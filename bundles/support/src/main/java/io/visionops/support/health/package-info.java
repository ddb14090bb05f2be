/** What health checks of all parts have in common. */
@NullMarked
package io.visionops.support.health;

import org.jspecify.annotations.NullMarked;
