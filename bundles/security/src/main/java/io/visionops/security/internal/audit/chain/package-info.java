/** The chain of the audit: its lines, keys and files. The JDK alone. */
@NullMarked
package io.visionops.security.internal.audit.chain;

import org.jspecify.annotations.NullMarked;
