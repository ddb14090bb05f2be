/** Programs and libraries that are unpacked from a bundle before they can be used. */
@NullMarked
package io.visionops.support.natives;

import org.jspecify.annotations.NullMarked;
