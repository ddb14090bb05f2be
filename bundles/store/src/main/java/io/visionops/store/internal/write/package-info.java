/** The one writer: a bounded queue, group commits, and the rows of every table. */
@NullMarked
package io.visionops.store.internal.write;

import org.jspecify.annotations.NullMarked;
