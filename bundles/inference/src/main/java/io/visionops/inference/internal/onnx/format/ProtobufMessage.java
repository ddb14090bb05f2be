package io.visionops.inference.internal.onnx.format;

import io.visionops.api.model.ModelException;
import java.nio.ByteBuffer;

/** Walks through the fields of a message in the format of protocol buffers. */
final class ProtobufMessage {

    private ProtobufMessage() {}

    /** Gets the fields of a message in their order. Numbers of fixed width are passed over. */
    interface Visitor {

        /** A number of variable width. */
        void number(int field, long value) throws ModelException;

        /**
         * A text, bytes or a message.
         *
         * @param tag where the field begins, with its tag
         * @param from where what it holds begins
         * @param to where it ends
         */
        void part(int field, int tag, int from, int to) throws ModelException;
    }

    /**
     * @throws ModelException when the bytes between {@code from} and {@code to} are no message
     */
    static void walk(ByteBuffer bytes, int from, int to, Visitor visitor) throws ModelException {
        int at = from;
        while (at < to) {
            int start = at;
            int tag = tag(bytes, at, to);
            at += varintLength(bytes, at);
            int field = tag >>> 3;
            if (field == 0) {
                throw damaged();
            }
            switch (tag & 7) {
                case 0 -> {
                    visitor.number(field, varint(bytes, at, to));
                    at += varintLength(bytes, at);
                }
                case 1 -> at = within(at + 8L, to);
                case 2 -> {
                    long length = varint(bytes, at, to);
                    at += varintLength(bytes, at);
                    boolean fits = length >= 0 && length <= Integer.MAX_VALUE;
                    int end = within(fits ? at + length : Long.MAX_VALUE, to);
                    visitor.part(field, start, at, end);
                    at = end;
                }
                case 5 -> at = within(at + 4L, to);
                // Groups, which no model has, among them.
                default -> throw damaged();
            }
        }
    }

    /**
     * Field and type in 32 bits, written as short as can be: of what is longer, other readers take
     * other bits.
     */
    private static int tag(ByteBuffer bytes, int at, int to) throws ModelException {
        long tag = varint(bytes, at, to);
        int length = varintLength(bytes, at);
        boolean overlong = length > 1 && bytes.get(at + length - 1) == 0;
        if (overlong || tag >>> Integer.SIZE != 0) {
            throw damaged();
        }
        return (int) tag;
    }

    private static ModelException damaged() {
        return new ModelException("it is no ONNX model, or a damaged one");
    }

    private static int within(long at, int to) throws ModelException {
        if (at > to) {
            throw new ModelException("it is no ONNX model, or it is cut off");
        }
        return (int) at;
    }

    private static long varint(ByteBuffer bytes, int at, int to) throws ModelException {
        long value = 0;
        for (int i = 0; i < 10; i++) {
            if (at + i >= to) {
                throw new ModelException("it is no ONNX model, or it is cut off");
            }
            byte next = bytes.get(at + i);
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    private static int varintLength(ByteBuffer bytes, int at) {
        int length = 1;
        while (bytes.get(at + length - 1) < 0) {
            length++;
        }
        return length;
    }
}
