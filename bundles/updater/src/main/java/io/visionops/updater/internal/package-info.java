/** The part updater in its framework. */
@NullMarked
package io.visionops.updater.internal;

import org.jspecify.annotations.NullMarked;
