/** The folder of the backups. */
@NullMarked
package io.visionops.backup.internal.destination;

import org.jspecify.annotations.NullMarked;
