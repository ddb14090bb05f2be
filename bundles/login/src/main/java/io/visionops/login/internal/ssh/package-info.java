/** What the ssh server is kept from. */
@NullMarked
package io.visionops.login.internal.ssh;

import org.jspecify.annotations.NullMarked;
