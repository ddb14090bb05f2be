/** Whether a camera is likely to fail: pure reckoning with hourly figures. */
@NullMarked
package io.visionops.store.internal.forecast;

import org.jspecify.annotations.NullMarked;
