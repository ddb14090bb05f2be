/** Who may try a password, and when. */
@NullMarked
package io.visionops.login.internal.guard;

import org.jspecify.annotations.NullMarked;
