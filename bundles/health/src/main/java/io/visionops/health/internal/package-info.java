/** The part health in its framework. */
@NullMarked
package io.visionops.health.internal;

import org.jspecify.annotations.NullMarked;
