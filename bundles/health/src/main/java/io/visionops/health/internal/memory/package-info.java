/** Memory that swaps of bundles leave behind is given back. */
@NullMarked
package io.visionops.health.internal.memory;

import org.jspecify.annotations.NullMarked;
