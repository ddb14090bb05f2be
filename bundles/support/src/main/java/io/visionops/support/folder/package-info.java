/** Folders that are looked at again and again. */
@NullMarked
package io.visionops.support.folder;

import org.jspecify.annotations.NullMarked;
