package io.visionops.health.internal.alert;

import io.visionops.support.LiteralProperties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the file of the rules: one {@code rule.NAME.KEY = VALUE} a line. */
final class RuleParser {

    private static final Pattern KEY = Pattern.compile("rule\\.([a-zA-Z0-9_-]{1,64})\\.(.+)");
    private static final int MOST_RULES = 200;

    private final KnownNames known;

    /**
     * @param rules by name; of use only without errors
     * @param errors in the order of their lines
     */
    record Parsed(Map<String, Rule> rules, List<RuleError> errors) {}

    RuleParser(KnownNames known) {
        this.known = known;
    }

    Parsed parse(String text) {
        LiteralProperties file = LiteralProperties.parse(text);
        List<RuleError> errors = new ArrayList<>();
        Map<String, Map<String, RuleReader.Value>> found = new LinkedHashMap<>();
        file.values()
                .forEach(
                        (key, value) ->
                                take(
                                        key,
                                        value,
                                        file.lines().getOrDefault(key, List.of(1)),
                                        found,
                                        errors));
        Map<String, Rule> rules = new TreeMap<>();
        found.forEach(
                (name, values) ->
                        new RuleReader(name, values, known, errors)
                                .read()
                                .ifPresent(rule -> rules.put(name, rule)));
        if (found.size() > MOST_RULES) {
            errors.add(new RuleError(0, found.size() + " rules: " + MOST_RULES + " are allowed"));
        }
        checkInhibition(found, rules, errors);
        errors.sort(Comparator.comparingInt(RuleError::line));
        return new Parsed(rules, List.copyOf(errors));
    }

    private static void take(
            String key,
            String value,
            List<Integer> lines,
            Map<String, Map<String, RuleReader.Value>> found,
            List<RuleError> errors) {
        int line = lines.get(0);
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            errors.add(
                    new RuleError(
                            line,
                            key
                                    + " is not known: a line is rule.NAME.KEY = VALUE, a NAME has"
                                    + " letters, digits, - and _"));
            return;
        }
        if (!RuleReader.KEYS.contains(parts.group(2))) {
            errors.add(
                    new RuleError(
                            line,
                            key
                                    + " is not known: the keys of a rule are "
                                    + String.join(", ", RuleReader.KEYS)));
            return;
        }
        if (lines.size() > 1) {
            errors.add(
                    new RuleError(
                            lines.get(1),
                            key
                                    + " is given already in line "
                                    + line
                                    + ": two rules of one name?"));
        }
        if (value.isEmpty()) {
            errors.add(new RuleError(line, key + " has no value"));
        }
        found.computeIfAbsent(parts.group(1), unused -> new HashMap<>())
                .put(parts.group(2), new RuleReader.Value(value, line));
    }

    private static void checkInhibition(
            Map<String, Map<String, RuleReader.Value>> found,
            Map<String, Rule> rules,
            List<RuleError> errors) {
        for (Rule rule : rules.values()) {
            RuleReader.Value value = found.getOrDefault(rule.name(), Map.of()).get("inhibited.by");
            if (value == null) {
                continue;
            }
            for (String other : rule.inhibitedBy().stream().sorted().toList()) {
                String entry = "rule." + rule.name() + ".inhibited.by = " + value.text();
                if (!found.containsKey(other)) {
                    errors.add(
                            new RuleError(
                                    value.line(),
                                    entry + " is refused: there is no rule " + other));
                } else if (reaches(other, rule.name(), rules, new HashSet<>())) {
                    errors.add(
                            new RuleError(
                                    value.line(),
                                    entry
                                            + " is refused: "
                                            + other
                                            + " is inhibited by "
                                            + rule.name()
                                            + " in turn, so that neither would be told"));
                }
            }
        }
    }

    private static boolean reaches(
            String from, String to, Map<String, Rule> rules, Set<String> seen) {
        Rule rule = rules.get(from);
        return from.equals(to)
                || (rule != null
                        && seen.add(from)
                        && rule.inhibitedBy().stream()
                                .anyMatch(next -> reaches(next, to, rules, seen)));
    }
}
