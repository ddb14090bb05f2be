/** The key that backups are encrypted with. */
@NullMarked
package io.visionops.backup.internal.key;

import org.jspecify.annotations.NullMarked;
