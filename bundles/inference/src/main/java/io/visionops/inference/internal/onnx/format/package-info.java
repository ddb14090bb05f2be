/** The file of a model as such: whether it may be loaded, and with which sizes of input. */
@NullMarked
package io.visionops.inference.internal.onnx.format;

import org.jspecify.annotations.NullMarked;
