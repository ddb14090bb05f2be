/** What is shown of configurations: everything but secrets. */
@NullMarked
package io.visionops.login.internal.redaction;

import org.jspecify.annotations.NullMarked;
