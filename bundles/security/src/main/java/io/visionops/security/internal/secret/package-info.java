/** Secrets on the disk, and their service. */
@NullMarked
package io.visionops.security.internal.secret;

import org.jspecify.annotations.NullMarked;
