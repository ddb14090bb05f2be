package io.visionops.login.internal.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Name and password as a browser or a program sends them with each request (RFC 7617). */
record BasicLogin(String name, String password) {

    private static final String SCHEME = "Basic ";

    /**
     * Empty when there is none, more than one, or one that is malformed.
     *
     * @param headers every one of the name Authorization
     */
    static Optional<BasicLogin> of(List<String> headers) {
        if (headers.size() != 1
                || !headers.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(headers.get(0).substring(SCHEME.length()).strip());
            String text = new String(bytes, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(
                            new BasicLogin(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Without the password, wherever it is printed. */
    @Override
    public String toString() {
        return "BasicLogin of " + name;
    }
}
