/** Circuit breakers around calls that leave a part. */
@NullMarked
package io.visionops.support.breaker;

import org.jspecify.annotations.NullMarked;
