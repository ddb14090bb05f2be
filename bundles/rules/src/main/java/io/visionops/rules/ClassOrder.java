package io.visionops.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the classes of a package can be read one after the other: none needs itself by way of
 * others, and there are at most {@link #DEEPEST} from the first to the last. Classes that another
 * encloses belong to it. What is otherwise stands in {@code order.properties}, with the reason.
 */
final class ClassOrder {

    static final int DEEPEST = 8;

    private final Map<String, String> allowed;

    /**
     * @param allowed by class the one that it may need, though that one needs it; by package how
     *     many classes may stand on each other
     */
    ClassOrder(Map<String, String> allowed) {
        this.allowed = Map.copyOf(allowed);
    }

    /** With the exceptions that lie beside this class. */
    static ClassOrder shipped() {
        Properties lines = new Properties();
        try (InputStream in = ClassOrder.class.getResourceAsStream("order.properties")) {
            lines.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> allowed = new HashMap<>();
        lines.stringPropertyNames().forEach(name -> allowed.put(name, lines.getProperty(name)));
        return new ClassOrder(allowed);
    }

    /** Each cycle and each chain that is too long, a line each. */
    List<String> violations(JavaClasses classes) {
        Map<String, Set<String>> needs = new HashMap<>();
        for (JavaClass one : classes) {
            Set<String> targets =
                    needs.computeIfAbsent(outermost(one.getName()), name -> new TreeSet<>());
            one.getDirectDependenciesFromSelf()
                    .forEach(
                            to ->
                                    targets.add(
                                            outermost(
                                                    to.getTargetClass()
                                                            .getBaseComponentType()
                                                            .getName())));
        }
        return violations(needs);
    }

    /**
     * @param needs by class those that it names, of its own package and of others
     */
    List<String> violations(Map<String, Set<String>> needs) {
        List<String> found = new ArrayList<>();
        Map<String, List<String>> longest = new TreeMap<>();
        Map<String, List<String>> chains = new HashMap<>();
        for (String name : new TreeSet<>(needs.keySet())) {
            List<String> chain = chain(name, needs, new LinkedHashSet<>(), chains, found);
            longest.merge(
                    packageOf(name), chain, (one, two) -> two.size() > one.size() ? two : one);
        }
        longest.forEach(
                (name, chain) -> {
                    String most = allowed.getOrDefault(name, String.valueOf(DEEPEST));
                    if (chain.size() > Integer.parseInt(most)) {
                        found.add(name + " has " + chain.size() + " in a chain: " + words(chain));
                    }
                });
        return found;
    }

    /**
     * The longest chain that begins with a class.
     *
     * @param above how we came to it
     * @param known of classes that were looked at before
     * @param found gets the cycles
     */
    private List<String> chain(
            String name,
            Map<String, Set<String>> needs,
            Set<String> above,
            Map<String, List<String>> known,
            List<String> found) {
        List<String> present = known.get(name);
        if (present != null) {
            return present;
        }
        above.add(name);
        List<String> longest = List.of();
        for (String next : needs.getOrDefault(name, Set.of())) {
            if (!isOfInterest(name, next)) {
                continue;
            }
            if (above.contains(next)) {
                List<String> path = new ArrayList<>(above);
                List<String> cycle = new ArrayList<>(path.subList(path.indexOf(next), path.size()));
                cycle.add(next);
                found.add(packageOf(name) + " has a cycle: " + words(cycle));
                continue;
            }
            List<String> below = chain(next, needs, above, known, found);
            longest = below.size() > longest.size() ? below : longest;
        }
        above.remove(name);
        List<String> all = new ArrayList<>();
        all.add(name);
        all.addAll(longest);
        known.put(name, all);
        return all;
    }

    private boolean isOfInterest(String from, String to) {
        return !from.equals(to)
                && packageOf(from).equals(packageOf(to))
                && !to.equals(allowed.get(from));
    }

    private static String words(List<String> chain) {
        return String.join(
                " > ", chain.stream().map(name -> name.replaceFirst(".*[.]", "")).toList());
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private static String outermost(String name) {
        return name.replaceFirst("[$].*$", "");
    }
}
