/** The checks of the part. */
@NullMarked
package io.visionops.backup.internal.health;

import org.jspecify.annotations.NullMarked;
