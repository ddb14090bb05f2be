/** Files that one life of a part leaves for the next, whichever version that is. */
@NullMarked
package io.visionops.support.handover;

import org.jspecify.annotations.NullMarked;
