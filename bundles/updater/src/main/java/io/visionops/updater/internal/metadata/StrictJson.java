package io.visionops.updater.internal.metadata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object of somebody who is not trusted yet. What is not in its canonical form to
 * the last byte is refused, so nothing can be read in two ways; messages never quote it.
 */
final class StrictJson {

    /** 2^53-1: what every reader of JSON keeps exactly. */
    static final long MOST = 9_007_199_254_740_991L;

    private static final int DEEPEST = 8;

    private final JsonFactory factory =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(20)
                                    .maxStringLength(1024)
                                    .maxNameLength(1024)
                                    .build())
                    .build();

    /**
     * @param what the text is called in messages
     * @param most bytes; looked at before anything else
     */
    Map<String, Object> read(String what, byte[] bytes, int most) throws RepositoryException {
        if (bytes.length > most) {
            throw new RepositoryException(
                    Reason.TOO_LARGE, what + " is larger than " + most / 1024 + " KiB");
        }
        try (JsonParser parser = factory.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed(what, "it is no JSON object");
            }
            Map<String, Object> read = object(what, parser);
            if (!Arrays.equals(CanonicalJson.bytes(read), bytes)) {
                throw malformed(what, "it is not in canonical form");
            }
            return read;
        } catch (IOException e) {
            // Its message may hold what was read.
            throw malformed(what, "it is not JSON as it is allowed here");
        }
    }

    private Map<String, Object> object(String what, JsonParser parser)
            throws IOException, RepositoryException {
        Map<String, Object> read = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = text(what, parser.currentName());
            read.put(name, value(what, parser, parser.nextToken()));
        }
        return read;
    }

    private List<Object> list(String what, JsonParser parser)
            throws IOException, RepositoryException {
        List<Object> read = new ArrayList<>();
        for (JsonToken at = parser.nextToken();
                at != JsonToken.END_ARRAY;
                at = parser.nextToken()) {
            read.add(value(what, parser, at));
        }
        return read;
    }

    private Object value(String what, JsonParser parser, JsonToken at)
            throws IOException, RepositoryException {
        return switch (at) {
            case START_OBJECT -> object(what, parser);
            case START_ARRAY -> list(what, parser);
            case VALUE_STRING -> text(what, parser.getText());
            case VALUE_NUMBER_INT -> number(what, parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw malformed(what, "it holds null or a number that is not whole");
        };
    }

    private static Long number(String what, JsonParser parser)
            throws IOException, RepositoryException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw malformed(what, "it holds a number above 2^53-1");
        }
        long number = parser.getLongValue();
        if (number > MOST || number < 0) {
            throw malformed(what, "it holds a number that is negative or above 2^53-1");
        }
        return number;
    }

    private static String text(String what, String text) throws RepositoryException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw malformed(what, "it holds a control character");
            }
            // Half of a pair has no UTF-8 form: what is signed would not be what was read.
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    throw malformed(what, "it holds half of a character");
                }
            }
        }
        return text;
    }

    private static RepositoryException malformed(String what, String why) {
        return new RepositoryException(Reason.MALFORMED, what + ": " + why);
    }
}
