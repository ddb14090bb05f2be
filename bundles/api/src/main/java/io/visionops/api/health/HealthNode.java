package io.visionops.api.health;

import java.time.Instant;
import java.util.List;

/**
 * A check and its last result, or a cause that explains several of them.
 *
 * @param name {@code visionops.PART.SUBJECT}
 * @param part that it is about, such as {@code store}
 * @param cause what the check has found, in plain words
 * @param since when the present status began
 * @param remedy what to do; empty when nothing is to be done or known
 * @param children what this one explains: with it over they are well
 */
public record HealthNode(
        String name,
        String part,
        HealthStatus status,
        String cause,
        Instant since,
        String remedy,
        List<HealthNode> children) {

    public HealthNode {
        children = List.copyOf(children);
    }
}
