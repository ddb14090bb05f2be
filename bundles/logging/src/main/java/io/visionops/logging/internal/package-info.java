/** What Log4j itself does not have. */
@NullMarked
package io.visionops.logging.internal;

import org.jspecify.annotations.NullMarked;
