package io.visionops.support.network;

import java.util.List;
import java.util.Map;

/**
 * What came back.
 *
 * @param headers by name in lower case
 */
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    public String header(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    public List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }
}
