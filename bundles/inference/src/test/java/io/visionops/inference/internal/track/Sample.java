package io.visionops.inference.internal.track;

import io.visionops.api.geometry.Box;

/** An object in one frame, by the truth or by the tracker. */
public record Sample(long id, Box box) {}
