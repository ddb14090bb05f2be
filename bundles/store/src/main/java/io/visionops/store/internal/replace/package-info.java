/** Another database in the place of the present one. */
@NullMarked
package io.visionops.store.internal.replace;

import org.jspecify.annotations.NullMarked;
