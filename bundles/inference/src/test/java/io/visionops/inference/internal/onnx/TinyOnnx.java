package io.visionops.inference.internal.onnx;

import io.visionops.inference.internal.head.YoloxHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes models of a few hundred bytes that take a picture and put out the same numbers whatever
 * they see, and one that sees. In the format of onnx.proto.
 */
public final class TinyOnnx {

    public static final int FLOAT = 1;
    public static final int INT64 = 7;

    private final List<byte[]> nodes = new ArrayList<>();
    private final List<byte[]> initializers = new ArrayList<>();
    private final List<byte[]> inputs = new ArrayList<>();
    private final List<byte[]> outputs = new ArrayList<>();
    private final List<byte[]> known = new ArrayList<>();
    private final List<byte[]> notes = new ArrayList<>();
    private int opset = 13;

    /**
     * A YOLOX that is fully convolutional: in each cell of its grids it sees a person as large as
     * the cell, the surer the brighter it is there.
     *
     * @param rows of the output as they are baked in; -1: as many as there are cells
     */
    public static TinyOnnx seeing(int width, int height, long rows) {
        TinyOnnx model = new TinyOnnx().input("picture", 1, 3, height, width);
        float[] weights = new float[85 * 3];
        for (int i = 0; i < 3; i++) {
            weights[4 * 3 + i] = 1 / (3 * 255f);
            weights[5 * 3 + i] = 1 / (3 * 255f);
        }
        model.initializer("weights", weights, 85, 3, 1, 1).whole("flat", 1, 85, -1);
        for (int stride = 8; stride <= 32; stride *= 2) {
            model.step(
                    "AveragePool",
                    "mean" + stride,
                    List.of("picture"),
                    wholes("kernel_shape", stride, stride),
                    wholes("strides", stride, stride));
            model.step("Conv", "cells" + stride, List.of("mean" + stride, "weights"));
            model.step("Reshape", "row" + stride, List.of("cells" + stride, "flat"));
        }
        model.step("Concat", "rows", List.of("row8", "row16", "row32"), whole("axis", 2));
        model.whole("shape", 1, 85, rows).step("Reshape", "all", List.of("rows", "shape"));
        model.step("Transpose", "o", List.of("all"), wholes("perm", 0, 2, 1));
        model.outputs.add(value("o", FLOAT, 1, cells(width, height), 85));
        model.known.add(value("all", FLOAT, 1, 85, cells(width, height)));
        return model;
    }

    /** Cells of the three grids of a YOLOX. */
    static int cells(int width, int height) {
        return YoloxHead.rows(width, height);
    }

    /** Adds an input of floats; -1 leaves a dimension open. */
    public TinyOnnx input(String name, long... shape) {
        return typedInput(name, FLOAT, shape);
    }

    /** Adds an input of another type than float. */
    public TinyOnnx typedInput(String name, int type, long... shape) {
        inputs.add(value(name, type, shape));
        return this;
    }

    /** Adds an output that is always the same. */
    public TinyOnnx output(String name, float[] values, long... shape) {
        initializer(name + "_value", values, shape);
        outputs.add(value(name, FLOAT, shape));
        return node("Identity", name + "_value", name);
    }

    /** Adds an output that is the given input. */
    public TinyOnnx echo(String input, String name, long... shape) {
        outputs.add(value(name, FLOAT, shape));
        return node("Identity", input, name);
    }

    public TinyOnnx node(String operation, String from, String to) {
        nodes.add(new Message().text(1, from).text(2, to).text(4, operation).done());
        return this;
    }

    private TinyOnnx initializer(String name, float[] numbers, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(numbers.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float one : numbers) {
            raw.putFloat(one);
        }
        return initializer(name, FLOAT, raw.array(), shape);
    }

    /** Adds a list of whole numbers. */
    private TinyOnnx whole(String name, long... numbers) {
        ByteBuffer raw = ByteBuffer.allocate(numbers.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long one : numbers) {
            raw.putLong(one);
        }
        return initializer(name, INT64, raw.array(), numbers.length);
    }

    private TinyOnnx initializer(String name, int type, byte[] raw, long... shape) {
        Message tensor = new Message();
        for (long size : shape) {
            tensor.number(1, size);
        }
        initializers.add(tensor.number(2, type).text(8, name).bytes(9, raw).done());
        return this;
    }

    /**
     * Adds an operation.
     *
     * @param attributes for each its name and its value
     */
    private TinyOnnx step(String operation, String to, List<String> from, Message... attributes) {
        Message node = new Message();
        from.forEach(input -> node.text(1, input));
        node.text(2, to).text(4, operation);
        for (Message attribute : attributes) {
            node.bytes(5, attribute.done());
        }
        nodes.add(node.done());
        return this;
    }

    private static Message whole(String attribute, long value) {
        return new Message().text(1, attribute).number(3, value).number(20, 2);
    }

    private static Message wholes(String attribute, long... values) {
        Message message = new Message().text(1, attribute);
        for (long value : values) {
            message.number(8, value);
        }
        return message.number(20, 7);
    }

    /** Adds a tensor whose values lie in another file. */
    public TinyOnnx external(String file) {
        byte[] location = new Message().text(1, "location").text(2, file).done();
        initializers.add(
                new Message()
                        .number(1, 1)
                        .number(2, FLOAT)
                        .text(8, "elsewhere")
                        .bytes(13, location)
                        .number(14, 1)
                        .done());
        return this;
    }

    public TinyOnnx note(String key, String text) {
        notes.add(new Message().text(1, key).text(2, text).done());
        return this;
    }

    public TinyOnnx opset(int version) {
        opset = version;
        return this;
    }

    public byte[] bytes() {
        Message graph = new Message();
        nodes.forEach(node -> graph.bytes(1, node));
        graph.text(2, "tiny");
        initializers.forEach(tensor -> graph.bytes(5, tensor));
        inputs.forEach(input -> graph.bytes(11, input));
        outputs.forEach(output -> graph.bytes(12, output));
        known.forEach(value -> graph.bytes(13, value));
        Message model = new Message();
        model.number(1, 8).bytes(7, graph.done());
        model.bytes(8, new Message().text(1, "").number(2, opset).done());
        notes.forEach(note -> model.bytes(14, note));
        return model.done();
    }

    public Path write(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] value(String name, int type, long... shape) {
        Message dimensions = new Message();
        for (long size : shape) {
            Message dimension = new Message();
            if (size >= 0) {
                dimension.number(1, size);
            } else {
                dimension.text(2, "open");
            }
            dimensions.bytes(1, dimension.done());
        }
        byte[] tensor = new Message().number(1, type).bytes(2, dimensions.done()).done();
        return new Message().text(1, name).bytes(2, new Message().bytes(1, tensor).done()).done();
    }

    /** One message of protocol buffers. */
    private static final class Message {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String text) {
            return bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }

        Message bytes(int field, byte[] bytes) {
            varint((long) field << 3 | 2);
            varint(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                out.write((int) (left & 0x7f | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
        }

        byte[] done() {
            return out.toByteArray();
        }
    }
}
