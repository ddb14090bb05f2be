/**
 * A part that VisionOps does not have: a weather station on the roof, as a later version may bring
 * it. {@code GuestPartIT} makes a bundle of this package. It knows {@code api}, Micrometer and the
 * health check API, and nothing here knows it.
 */
package io.visionops.itests.guest;
