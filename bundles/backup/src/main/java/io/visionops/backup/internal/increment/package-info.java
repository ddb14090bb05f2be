/** What has changed in the database since a full backup, block by block. */
@NullMarked
package io.visionops.backup.internal.increment;

import org.jspecify.annotations.NullMarked;
