/** Copies of proven backups on another computer. */
@NullMarked
package io.visionops.backup.internal.offsite;

import org.jspecify.annotations.NullMarked;
