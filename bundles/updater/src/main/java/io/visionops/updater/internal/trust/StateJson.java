package io.visionops.updater.internal.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.support.Sha256;
import io.visionops.updater.internal.metadata.CanonicalJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/** The file of {@link TrustState}, with a hash that finds every flipped bit. */
final class StateJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StateJson() {}

    static byte[] bytes(TrustState state) {
        Map<String, Object> content = content(state);
        return CanonicalJson.bytes(Map.of("state", content, "sha256", hash(content)));
    }

    /** Empty when it is damaged. */
    static Optional<TrustState> read(byte[] bytes) {
        try {
            JsonNode state = MAPPER.readTree(bytes).path("state");
            Map<String, Version> bundles = new HashMap<>();
            state.path("bundles")
                    .fields()
                    .forEachRemaining(
                            one -> bundles.put(one.getKey(), new Version(one.getValue().asText())));
            TrustState read =
                    new TrustState(
                            state.path("root").asLong(),
                            state.path("keys").asText(),
                            state.path("timestamp").asLong(),
                            state.path("snapshot").asLong(),
                            state.path("seen").asLong(),
                            state.path("committed").asLong(),
                            bundles,
                            Instant.parse(state.path("time").asText()));
            // With its hash in it, and in its one form.
            return Arrays.equals(bytes(read), bytes) ? Optional.of(read) : Optional.empty();
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> content(TrustState state) {
        Map<String, Object> bundles = new HashMap<>();
        state.bundles().forEach((name, version) -> bundles.put(name, version.toString()));
        return Map.of(
                "root", state.root(),
                "keys", state.keys(),
                "timestamp", state.timestamp(),
                "snapshot", state.snapshot(),
                "seen", state.seen(),
                "committed", state.committed(),
                "bundles", bundles,
                "time", state.time().toString());
    }

    private static String hash(Map<String, Object> content) {
        return Sha256.hex(CanonicalJson.bytes(content));
    }
}
