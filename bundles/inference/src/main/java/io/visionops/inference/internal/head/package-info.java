/** Which family a model is of, and what the numbers mean that it gives: one head for each. */
@NullMarked
package io.visionops.inference.internal.head;

import org.jspecify.annotations.NullMarked;
