/** What the writer does when it cannot write. */
@NullMarked
package io.visionops.store.internal.failure;

import org.jspecify.annotations.NullMarked;
