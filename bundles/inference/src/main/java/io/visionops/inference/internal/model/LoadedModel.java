package io.visionops.inference.internal.model;

import io.visionops.inference.internal.onnx.OnnxModel;

/** An installed model, ready for use. Whoever uses it closes it. */
record LoadedModel(ModelRecord record, OnnxModel model) {}
