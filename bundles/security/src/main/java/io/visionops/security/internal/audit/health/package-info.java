/** The check and the meters of the audit. */
@NullMarked
package io.visionops.security.internal.audit.health;

import org.jspecify.annotations.NullMarked;
