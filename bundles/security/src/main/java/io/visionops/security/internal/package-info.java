/** The part security in its framework. */
@NullMarked
package io.visionops.security.internal;

import org.jspecify.annotations.NullMarked;
