/** What an update would change, before anything moves. */
@NullMarked
package io.visionops.updater.internal.plan;

import org.jspecify.annotations.NullMarked;
