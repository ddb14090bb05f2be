package io.visionops.api.forecast;

import java.time.Instant;

/**
 * What is to be expected of a camera, from how it did in the last two weeks.
 *
 * @param likely whether it is likely to fail within a day
 * @param asOf end of the last full hour that was looked at
 * @param reason one line with the numbers that lead to this
 */
public record Forecast(String camera, boolean likely, Instant asOf, String reason) {}
