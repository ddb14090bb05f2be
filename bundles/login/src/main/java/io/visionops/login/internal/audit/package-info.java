/** What the audit is told of the doors. */
@NullMarked
package io.visionops.login.internal.audit;

import org.jspecify.annotations.NullMarked;
