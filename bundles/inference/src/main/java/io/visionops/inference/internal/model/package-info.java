/** Models: which are known, which are installed, and how one is brought in. */
@NullMarked
package io.visionops.inference.internal.model;

import org.jspecify.annotations.NullMarked;
