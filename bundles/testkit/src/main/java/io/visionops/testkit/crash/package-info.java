/** What a power cut may leave of the files that a program writes. */
@NullMarked
package io.visionops.testkit.crash;

import org.jspecify.annotations.NullMarked;
