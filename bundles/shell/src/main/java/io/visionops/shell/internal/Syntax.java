package io.visionops.shell.internal;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

/**
 * What may follow the name of a command, read from the annotations of its class.
 *
 * @param takesValue by option
 */
record Syntax(String command, Map<String, Boolean> takesValue, List<Argument> arguments) {

    static Syntax of(Class<? extends VisionOpsCommand<?>> type) {
        Map<String, Boolean> options = new TreeMap<>();
        List<Argument> arguments = new ArrayList<>();
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            for (Field field : one.getDeclaredFields()) {
                Option option = field.getAnnotation(Option.class);
                if (option != null) {
                    options.put(option.name(), field.getType() != boolean.class);
                }
                Argument argument = field.getAnnotation(Argument.class);
                if (argument != null) {
                    arguments.add(argument);
                }
            }
        }
        arguments.sort(Comparator.comparingInt(Argument::index));
        return new Syntax(name(type), options, arguments);
    }

    static String name(Class<? extends VisionOpsCommand<?>> type) {
        Command command = type.getAnnotation(Command.class);
        if (command == null) {
            throw new IllegalArgumentException(type + " is not a command");
        }
        return command.name();
    }

    /**
     * @throws CommandException when the command has no such option
     */
    boolean takesValue(String option) {
        Boolean takes = takesValue.get(option);
        if (takes == null) {
            throw new CommandException(
                    Plain.line(
                            command
                                    + " has no option "
                                    + option
                                    + "; it has "
                                    + String.join(", ", takesValue.keySet())));
        }
        return takes;
    }

    /**
     * @param beyond the first word that is too many; null when there is none
     * @throws CommandException when there are too few or too many
     */
    void check(int count, @Nullable String beyond) {
        if (count < arguments.size() && arguments.get(count).required()) {
            throw new CommandException(
                    command + ": " + arguments.get(count).name() + " is missing; it is " + usage());
        }
        if (beyond != null) {
            throw new CommandException(
                    Plain.line(command + ": " + beyond + " is too many; it is " + usage()));
        }
    }

    /** True when a word more than {@code count} still has a place. */
    boolean hasPlaceAfter(int count) {
        return count < arguments.size()
                || (!arguments.isEmpty() && arguments.get(arguments.size() - 1).multiValued());
    }

    private static String word(Argument one) {
        String name = one.name() + (one.multiValued() ? "..." : "");
        return one.required() ? " " + name : " [" + name + "]";
    }

    private String usage() {
        return command
                + arguments.stream().map(Syntax::word).collect(Collectors.joining())
                + " [options]";
    }
}
