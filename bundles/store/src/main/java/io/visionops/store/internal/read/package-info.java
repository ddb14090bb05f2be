/** Readers: queries with a deadline on connections that cannot write. */
@NullMarked
package io.visionops.store.internal.read;

import org.jspecify.annotations.NullMarked;
