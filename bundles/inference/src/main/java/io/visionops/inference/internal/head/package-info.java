/** What the numbers mean that a model gives: one class for each family. */
@NullMarked
package io.visionops.inference.internal.head;

import org.jspecify.annotations.NullMarked;
