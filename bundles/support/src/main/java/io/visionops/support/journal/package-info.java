/** What is to be journaled, from a part to the journal, whatever happens to either. */
@NullMarked
package io.visionops.support.journal;

import org.jspecify.annotations.NullMarked;
