/** What a power cut can leave of files that a program has written. */
@NullMarked
package io.visionops.testkit.disk;

import org.jspecify.annotations.NullMarked;
