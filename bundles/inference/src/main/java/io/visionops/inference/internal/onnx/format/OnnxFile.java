package io.visionops.inference.internal.onnx.format;

import io.visionops.api.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Looks through a model file before ONNX Runtime gets it: whether it is one, complete, and keeps
 * all its data to itself. A file that points to others on the disk is refused, so that a model
 * cannot be used to read them. Knows of the format (protocol buffers, onnx.proto) what that takes.
 */
public final class OnnxFile {

    private static final int MOST_DEPTH = 16;
    private static final long LEAST_VERSION = 3;
    private static final int EXTERNAL = 1;

    /** Message types and the fields of theirs that are looked into. */
    private enum Type {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        TENSOR,
        SPARSE_TENSOR,
        FUNCTION,
        TRAINING,
        OTHER
    }

    private final ByteBuffer bytes;
    private long version;
    private int graphs;
    private int nodes;

    private OnnxFile(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws ModelException with one line that says what is wrong
     * @throws IOException when it cannot be read
     */
    public static void check(Path file) throws ModelException, IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size == 0) {
                throw new ModelException("it is empty");
            }
            check(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
        }
    }

    /**
     * @param bytes the whole file, from 0 to its limit, at least one
     */
    static void check(ByteBuffer bytes) throws ModelException {
        recogniseOthers(bytes);
        OnnxFile model = new OnnxFile(bytes);
        model.message(Type.MODEL, 0, bytes.limit(), 0);
        if (model.version < LEAST_VERSION || model.graphs != 1 || model.nodes == 0) {
            throw new ModelException("it is no ONNX model, or not all of one");
        }
    }

    private static void recogniseOthers(ByteBuffer bytes) throws ModelException {
        byte[] head = new byte[Math.min(16, bytes.limit())];
        bytes.get(0, head);
        String start = new String(head, StandardCharsets.ISO_8859_1);
        if (start.startsWith("PK")) {
            throw new ModelException("it is a zip archive, no ONNX model: unpack it");
        }
        if (start.stripLeading().startsWith("<")) {
            throw new ModelException("it is a web page, no ONNX model");
        }
        if (start.startsWith("version https://git")) {
            throw new ModelException(
                    "it is a pointer to a file in Git LFS, no ONNX model: fetch the file itself");
        }
        if (start.startsWith("\u001f\u008b")) {
            throw new ModelException("it is compressed, no ONNX model: unpack it");
        }
        if (start.startsWith("TFL3", 4)) {
            throw new ModelException("it is a TensorFlow Lite model, no ONNX model");
        }
    }

    private void message(Type type, int from, int to, int depth) throws ModelException {
        if (depth > MOST_DEPTH) {
            throw new ModelException("it is nested too deeply");
        }
        ProtobufMessage.walk(
                bytes,
                from,
                to,
                new ProtobufMessage.Visitor() {
                    @Override
                    public void number(int field, long value) throws ModelException {
                        OnnxFile.this.number(type, field, value);
                    }

                    @Override
                    public void part(int field, int tag, int start, int end) throws ModelException {
                        OnnxFile.this.part(type, field, start, end, depth);
                    }
                });
    }

    private void number(Type type, int field, long value) throws ModelException {
        if (type == Type.MODEL && field == 1) {
            version = value;
        } else if (type == Type.TENSOR && field == 14 && (int) value == EXTERNAL) {
            // An enumeration: whoever loads the file takes the lower 32 bits alone.
            throw new ModelException("its data lies in other files: export it as one file");
        }
    }

    private void part(Type type, int field, int from, int to, int depth) throws ModelException {
        if (type == Type.TENSOR && field == 13) {
            throw new ModelException("its data lies in other files: export it as one file");
        }
        Type inner = inner(type, field);
        if (inner == Type.GRAPH && type == Type.MODEL) {
            graphs++;
        } else if (inner == Type.NODE) {
            nodes++;
        }
        if (inner != Type.OTHER) {
            message(inner, from, to, depth + 1);
        }
    }

    private static Type inner(Type type, int field) {
        return switch (type) {
            case MODEL ->
                    switch (field) {
                        case 7 -> Type.GRAPH;
                        case 20 -> Type.TRAINING;
                        case 25 -> Type.FUNCTION;
                        default -> Type.OTHER;
                    };
            case TRAINING -> field == 1 || field == 2 ? Type.GRAPH : Type.OTHER;
            case GRAPH ->
                    switch (field) {
                        case 1 -> Type.NODE;
                        case 5 -> Type.TENSOR;
                        case 15 -> Type.SPARSE_TENSOR;
                        default -> Type.OTHER;
                    };
            case FUNCTION -> field == 7 ? Type.NODE : field == 11 ? Type.ATTRIBUTE : Type.OTHER;
            case NODE -> field == 5 ? Type.ATTRIBUTE : Type.OTHER;
            case ATTRIBUTE ->
                    switch (field) {
                        case 5, 10 -> Type.TENSOR;
                        case 6, 11 -> Type.GRAPH;
                        case 22, 23 -> Type.SPARSE_TENSOR;
                        default -> Type.OTHER;
                    };
            case SPARSE_TENSOR -> field == 1 || field == 2 ? Type.TENSOR : Type.OTHER;
            case TENSOR, OTHER -> Type.OTHER;
        };
    }
}
