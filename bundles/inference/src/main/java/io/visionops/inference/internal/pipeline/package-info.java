/**
 * The way of a frame: from a camera's queue through detector, tracker and counter to the journal.
 */
@NullMarked
package io.visionops.inference.internal.pipeline;

import org.jspecify.annotations.NullMarked;
