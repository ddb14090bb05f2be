/** Making, proving and restoring. */
@NullMarked
package io.visionops.backup.internal.work;

import org.jspecify.annotations.NullMarked;
