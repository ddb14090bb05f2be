/** Cameras on the network, found and asked by the protocols of ONVIF. */
@NullMarked
package io.visionops.discovery.internal;

import org.jspecify.annotations.NullMarked;
