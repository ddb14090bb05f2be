package io.visionops.login.internal.web;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Who may use which page. What no rule names is the admin's, as it is in the shell. */
final class PageRules {

    private static final String ADMIN = "admin";
    private static final Set<String> ALL_ROLES = Set.of("viewer", "operator", ADMIN);
    private static final Set<String> LOOKING = Set.of("GET", "HEAD");

    /**
     * @param path as it stands in the request: one that is written in another way has no rule
     */
    private record Rule(Set<String> methods, String path, Set<String> roles) {

        boolean isOf(String method, String otherPath) {
            return methods.contains(method) && path.equals(otherPath);
        }
    }

    private static final List<Rule> RULES =
            List.of(
                    new Rule(LOOKING, "/metrics", ALL_ROLES),
                    new Rule(LOOKING, "/health/ready", ALL_ROLES),
                    new Rule(LOOKING, "/health/tree", ALL_ROLES));

    /** Pages for programs that have no login; they say nothing but whether all of it lives. */
    private static final List<Rule> OPEN = List.of(new Rule(LOOKING, "/health/live", Set.of()));

    private PageRules() {}

    /** Whether it is served to whoever asks. */
    static boolean isOpen(String method, String path) {
        return OPEN.stream().anyMatch(rule -> rule.isOf(method, path));
    }

    static boolean allow(String method, String path, Collection<String> roles) {
        return roles.contains(ADMIN)
                || RULES.stream()
                        .filter(rule -> rule.isOf(method, path))
                        .anyMatch(rule -> rule.roles().stream().anyMatch(roles::contains));
    }
}
