/** How good the tracks are: the measures of multiple object tracking. */
package io.visionops.inference.internal.track.accuracy;
