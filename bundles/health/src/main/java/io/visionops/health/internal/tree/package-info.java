/** Which fault explains which. */
@NullMarked
package io.visionops.health.internal.tree;

import org.jspecify.annotations.NullMarked;
