/** What keeps the database small, fast and able to be written. */
@NullMarked
package io.visionops.store.internal.maintenance;

import org.jspecify.annotations.NullMarked;
