/** The file of a backup: header, encrypted chunks, manifest, files. */
@NullMarked
package io.visionops.backup.internal.format;

import org.jspecify.annotations.NullMarked;
