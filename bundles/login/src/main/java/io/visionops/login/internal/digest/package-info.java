/** How passwords are kept: Argon2id, and what was kept before. */
@NullMarked
package io.visionops.login.internal.digest;

import org.jspecify.annotations.NullMarked;
