/** From tracks to counts: lines that are crossed, zones that are stood in. */
@NullMarked
package io.visionops.inference.internal.count;

import org.jspecify.annotations.NullMarked;
