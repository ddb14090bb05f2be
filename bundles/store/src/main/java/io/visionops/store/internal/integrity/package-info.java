/** Whether what is stored is what was written: of rows, of the file and of the search index. */
@NullMarked
package io.visionops.store.internal.integrity;

import org.jspecify.annotations.NullMarked;
