/** JSON of what a part leaves to its successor. */
@NullMarked
package io.visionops.support.json;

import org.jspecify.annotations.NullMarked;
