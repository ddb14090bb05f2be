/** Verifies a log and says what was done to it. The JDK alone. */
@NullMarked
package io.visionops.security.internal.audit.verify;

import org.jspecify.annotations.NullMarked;
