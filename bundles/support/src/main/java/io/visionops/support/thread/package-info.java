/** Threads that do not keep the program from ending. */
@NullMarked
package io.visionops.support.thread;

import org.jspecify.annotations.NullMarked;
