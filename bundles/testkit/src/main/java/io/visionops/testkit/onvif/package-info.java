/** A camera's side of ONVIF, well-behaved and otherwise. */
@NullMarked
package io.visionops.testkit.onvif;

import org.jspecify.annotations.NullMarked;
