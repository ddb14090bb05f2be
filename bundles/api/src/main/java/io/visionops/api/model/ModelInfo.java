package io.visionops.api.model;

import java.time.Duration;
import java.util.Optional;

/**
 * A model of the catalogue or an installed one.
 *
 * @param family {@code yolox}, {@code yolov5}, {@code yolov8}, {@code nanodet}, {@code picodet},
 *     {@code fastestdet}
 * @param licence SPDX identifier, or {@code unknown} for a file of the user's own
 * @param source where it is fetched from; empty for a file of the user's own
 * @param sha256 of the model file, hexadecimal; empty when the catalogue does not pin it
 * @param latency of one detector call, median of the probe; empty when not installed
 */
public record ModelInfo(
        String name,
        String family,
        String licence,
        Optional<String> source,
        Optional<String> sha256,
        int width,
        int height,
        boolean installed,
        Optional<Duration> latency) {}
