/** The verifier for auditors, which runs outside of Karaf. The JDK alone. */
@NullMarked
package io.visionops.security.internal.audit.tool;

import org.jspecify.annotations.NullMarked;
