/** Starts what guards the doors, before they open. */
@NullMarked
package io.visionops.login.internal;

import org.jspecify.annotations.NullMarked;
