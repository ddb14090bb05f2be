/** How values lie in columns of the database, for those who write them and those who read them. */
@NullMarked
package io.visionops.store.internal.encoding;

import org.jspecify.annotations.NullMarked;
