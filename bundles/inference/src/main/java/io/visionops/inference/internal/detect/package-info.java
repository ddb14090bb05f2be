/** Detectors: motion, which needs no download, and neural networks in the ONNX format. */
@NullMarked
package io.visionops.inference.internal.detect;

import org.jspecify.annotations.NullMarked;
