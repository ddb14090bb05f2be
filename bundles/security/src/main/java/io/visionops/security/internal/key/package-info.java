/** The master key and what is encrypted with it. */
@NullMarked
package io.visionops.security.internal.key;

import org.jspecify.annotations.NullMarked;
