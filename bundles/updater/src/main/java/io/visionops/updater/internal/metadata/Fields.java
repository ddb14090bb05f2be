package io.visionops.updater.internal.metadata;

import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The fields of an object that was read. A field that is not asked for is not looked at, so that
 * later metadata may say more.
 *
 * @param what where it stands, for messages
 */
record Fields(String what, Map<?, ?> values) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern INSTANT =
            Pattern.compile("2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    static Fields of(String what, Object value) throws RepositoryException {
        if (value instanceof Map<?, ?> map) {
            return new Fields(what, map);
        }
        throw new RepositoryException(Reason.MALFORMED, what + " is no object");
    }

    private <T> T get(String name, Class<T> type) throws RepositoryException {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw refused(name, value == null ? "is missing" : "is not of its type");
        }
        return type.cast(value);
    }

    String text(String name) throws RepositoryException {
        return get(name, String.class);
    }

    String text(String name, Pattern form) throws RepositoryException {
        String text = text(name);
        if (!form.matcher(text).matches()) {
            throw refused(name, "is not in its form");
        }
        return text;
    }

    String sha256(String name) throws RepositoryException {
        return text(name, SHA256);
    }

    boolean flag(String name) throws RepositoryException {
        return get(name, Boolean.class);
    }

    long number(String name, long least, long most) throws RepositoryException {
        long number = get(name, Long.class);
        if (number < least || number > most) {
            throw refused(name, "is not within " + least + " and " + most);
        }
        return number;
    }

    Instant instant(String name) throws RepositoryException {
        try {
            return Instant.parse(text(name, INSTANT));
        } catch (DateTimeParseException e) {
            throw refused(name, "is no time");
        }
    }

    Fields object(String name) throws RepositoryException {
        return new Fields(what + " " + name, get(name, Map.class));
    }

    List<?> list(String name, int most) throws RepositoryException {
        List<?> list = get(name, List.class);
        if (list.size() > most) {
            throw refused(name, "has more than " + most + " entries");
        }
        return list;
    }

    List<String> texts(String name, int most) throws RepositoryException {
        List<String> texts = new ArrayList<>();
        for (Object one : list(name, most)) {
            if (!(one instanceof String text)) {
                throw refused(name, "holds what is no text");
            }
            texts.add(text);
        }
        return texts;
    }

    RepositoryException refused(String name, String why) {
        return new RepositoryException(Reason.MALFORMED, what + ": " + name + " " + why);
    }
}
