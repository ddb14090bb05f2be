/** Whether hosts outside can be reached. */
@NullMarked
package io.visionops.health.internal.network;

import org.jspecify.annotations.NullMarked;
