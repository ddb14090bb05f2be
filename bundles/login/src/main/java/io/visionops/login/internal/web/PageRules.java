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
    private record Rule(Set<String> methods, String path, Set<String> roles) {}

    private static final List<Rule> RULES = List.of(new Rule(LOOKING, "/metrics", ALL_ROLES));

    private PageRules() {}

    static boolean allow(String method, String path, Collection<String> roles) {
        return roles.contains(ADMIN)
                || RULES.stream()
                        .filter(rule -> rule.methods().contains(method))
                        .filter(rule -> rule.path().equals(path))
                        .anyMatch(rule -> rule.roles().stream().anyMatch(roles::contains));
    }
}
