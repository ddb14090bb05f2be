/** Models in ONNX form: read, probed, run. */
@NullMarked
package io.visionops.inference.internal.onnx;

import org.jspecify.annotations.NullMarked;
