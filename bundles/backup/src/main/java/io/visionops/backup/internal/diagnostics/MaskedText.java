package io.visionops.backup.internal.diagnostics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.visionops.support.SecretKeys;
import io.visionops.support.log.SecretMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Texts and JSON documents as they may be shown. Thread-safe. */
final class MaskedText {

    private final ObjectMapper json;
    private final KnownSecrets secrets;

    MaskedText(ObjectMapper json, KnownSecrets secrets) {
        this.json = json;
        this.secrets = secrets;
    }

    /** A text, by its lines: what is masked to the end of a line ends there. */
    String text(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        text.lines().forEach(line -> masked.append(value(line)).append('\n'));
        return masked.toString();
    }

    /** A configuration file. */
    String configuration(String text) {
        return secrets.mask(MaskedConfiguration.of(secrets.mask(text)));
    }

    /**
     * A JSON document; its shape stays.
     *
     * @throws JsonProcessingException when it is none
     */
    String document(String text) throws JsonProcessingException {
        JsonNode tree = json.readTree(text);
        return json.writeValueAsString(node(tree));
    }

    private String value(String text) {
        return SecretMask.mask(secrets.mask(text));
    }

    private JsonNode node(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
            object.fields().forEachRemaining(fields::add);
            ObjectNode masked = json.createObjectNode();
            for (Map.Entry<String, JsonNode> field : fields) {
                boolean secret =
                        field.getValue().isTextual() && SecretKeys.isSecretOrHeader(field.getKey());
                masked.set(
                        value(field.getKey()),
                        secret ? TextNode.valueOf(SecretMask.MASK) : node(field.getValue()));
            }
            return masked;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode masked = json.createArrayNode();
            array.forEach(one -> masked.add(node(one)));
            return masked;
        }
        return node.isTextual() ? TextNode.valueOf(value(node.asText())) : node;
    }
}
