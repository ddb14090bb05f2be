package io.visionops.inference.internal.detect;

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
 * they see. In the format of onnx.proto.
 */
public final class TinyOnnx {

    public static final int FLOAT = 1;
    public static final int INT64 = 7;

    private final List<byte[]> nodes = new ArrayList<>();
    private final List<byte[]> initializers = new ArrayList<>();
    private final List<byte[]> inputs = new ArrayList<>();
    private final List<byte[]> outputs = new ArrayList<>();
    private final List<byte[]> notes = new ArrayList<>();
    private int opset = 13;

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
        ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float one : values) {
            raw.putFloat(one);
        }
        Message tensor = new Message();
        for (long size : shape) {
            tensor.number(1, size);
        }
        tensor.number(2, FLOAT).text(8, name + "_value").bytes(9, raw.array());
        initializers.add(tensor.done());
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
