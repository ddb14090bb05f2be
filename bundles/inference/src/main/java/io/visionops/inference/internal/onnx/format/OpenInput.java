package io.visionops.inference.internal.onnx.format;

import io.visionops.api.model.ModelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes the height and width out of what a model (onnx.proto) declares of its input, and the sizes
 * out of what it declares of everything that is computed from it, so that it may be asked with
 * others. Every change keeps the length of what is changed: the bytes are changed in place.
 */
public final class OpenInput {

    private static final int GRAPH_IN_MODEL = 7;
    private static final int INPUT_IN_GRAPH = 11;
    private static final int OUTPUT_IN_GRAPH = 12;
    private static final int VALUE_IN_GRAPH = 13;
    private static final int NAME_IN_VALUE = 1;
    private static final int TYPE_IN_VALUE = 2;
    private static final int TENSOR_IN_TYPE = 1;
    private static final int SHAPE_IN_TENSOR = 2;
    private static final int DIMENSION_IN_SHAPE = 1;
    private static final int NAME_IN_DIMENSION = 2;

    /** Fields that the format does not know: readers pass them over. */
    private static final int UNKNOWN_IN_GRAPH = 3;

    private static final int UNKNOWN_IN_TENSOR = 15;

    private static final int HEIGHT = 2;
    private static final int WIDTH = 3;
    private static final int LONGEST_NAME = 100;

    private final ByteBuffer bytes;
    private final byte[] input;

    private OpenInput(ByteBuffer bytes, String input) {
        this.bytes = bytes;
        this.input = input.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param bytes of a whole model, from 0 to its limit
     * @param input its name
     * @throws ModelException when it is no model, or one that cannot be changed in place
     */
    public static void open(ByteBuffer bytes, String input) throws ModelException {
        OpenInput model = new OpenInput(bytes, input);
        model.each(GRAPH_IN_MODEL, 0, bytes.limit(), (tag, from, to) -> model.graph(from, to));
    }

    private void graph(int start, int end) throws ModelException {
        each(INPUT_IN_GRAPH, start, end, (tag, from, to) -> input(from, to));
        each(
                OUTPUT_IN_GRAPH,
                start,
                end,
                (tag, from, to) ->
                        shape(
                                from,
                                to,
                                (at, first, last) ->
                                        rename(at, SHAPE_IN_TENSOR, UNKNOWN_IN_TENSOR)));
        each(
                VALUE_IN_GRAPH,
                start,
                end,
                (tag, from, to) -> rename(tag, VALUE_IN_GRAPH, UNKNOWN_IN_GRAPH));
    }

    /** In old files weights are listed as inputs too. */
    private void input(int start, int end) throws ModelException {
        boolean[] meant = new boolean[1];
        each(NAME_IN_VALUE, start, end, (tag, from, to) -> meant[0] = isName(from, to));
        if (meant[0]) {
            shape(start, end, (tag, from, to) -> sides(from, to));
        }
    }

    private boolean isName(int from, int to) {
        byte[] name = new byte[to - from];
        bytes.get(from, name);
        return Arrays.equals(name, input);
    }

    private void shape(int start, int end, Place place) throws ModelException {
        each(
                TYPE_IN_VALUE,
                start,
                end,
                (tag, from, to) ->
                        each(
                                TENSOR_IN_TYPE,
                                from,
                                to,
                                (at, first, last) -> each(SHAPE_IN_TENSOR, first, last, place)));
    }

    private void sides(int start, int end) throws ModelException {
        int[] count = new int[1];
        each(
                DIMENSION_IN_SHAPE,
                start,
                end,
                (tag, from, to) -> {
                    int index = count[0]++;
                    if (index == HEIGHT || index == WIDTH) {
                        name(from, to, index == HEIGHT ? 'h' : 'w');
                    }
                });
    }

    /** Puts a name in the place of a size. */
    private void name(int from, int to, char letter) throws ModelException {
        int length = to - from - 2;
        if (length < 0 || length > LONGEST_NAME) {
            throw new ModelException("the sizes of its input cannot be opened");
        }
        bytes.put(from, tag(NAME_IN_DIMENSION));
        bytes.put(from + 1, (byte) length);
        for (int i = from + 2; i < to; i++) {
            bytes.put(i, (byte) letter);
        }
    }

    private void rename(int at, int from, int to) throws ModelException {
        if (bytes.get(at) != tag(from)) {
            throw new ModelException("its shapes cannot be opened");
        }
        bytes.put(at, tag(to));
    }

    /** Of a text, bytes or a message. */
    private static byte tag(int field) {
        return (byte) (field << 3 | 2);
    }

    private interface Place {
        void at(int tag, int from, int to) throws ModelException;
    }

    private void each(int wanted, int start, int end, Place place) throws ModelException {
        ProtobufMessage.walk(
                bytes,
                start,
                end,
                new ProtobufMessage.Visitor() {
                    @Override
                    public void number(int field, long value) {}

                    @Override
                    public void part(int field, int tag, int from, int to) throws ModelException {
                        if (field == wanted) {
                            place.at(tag, from, to);
                        }
                    }
                });
    }
}
