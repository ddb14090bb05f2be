/** Whether a camera is likely to fail: pure reckoning with the hourly figures of the database. */
@NullMarked
package io.visionops.health.internal.forecast;

import org.jspecify.annotations.NullMarked;
