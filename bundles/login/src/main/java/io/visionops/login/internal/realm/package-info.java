/** The realm in which ssh, the web console and the shell log in. */
@NullMarked
package io.visionops.login.internal.realm;

import org.jspecify.annotations.NullMarked;
