package io.visionops.shell.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.DefaultParser;
import org.jspecify.annotations.Nullable;

/**
 * Lets people write commands as they are used to. Karaf alone wants every option before the first
 * argument, takes the {@code ?} and {@code &} of an address for its own, and reports a wrong option
 * in several coloured lines. So options are moved to the front, a bare word is taken as it is
 * written, and what does not fit is told in one line. Words with quotes or a backslash, and those
 * that begin with {@code $} or an opening bracket, stay what the shell makes of them.
 */
@Service
public final class LineParser implements Parser {

    private static final String REDIRECTION = "[0-9&]?>.*|[0-9]?<.*|&";

    private final Parser shell = new DefaultParser();

    @Override
    public CommandLine parse(Session session, String command, int cursor) {
        return shell.parse(session, command, cursor);
    }

    @Override
    public String preprocess(Session session, CommandLine line) {
        List<String> words = joined(line.getArguments());
        String name = words.get(0).substring(words.get(0).lastIndexOf(':') + 1);
        Syntax syntax = Syntax.of(Commands.named(name));
        List<String> options = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        List<String> redirections = new ArrayList<>();
        String beyond = null;
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--help")) {
                return words.get(0) + " --help";
            }
            if (word.matches(REDIRECTION)) {
                redirections = words.subList(i, words.size());
                break;
            }
            if (bare(word).startsWith("-")) {
                options.add(literal(word));
                boolean inOne = word.indexOf('=') > 0;
                String option = inOne ? bare(word).split("=", 2)[0] : bare(word);
                if (syntax.takesValue(option) && !inOne) {
                    options.add(value(option, ++i < words.size() ? words.get(i) : null));
                }
            } else if (syntax.hasPlaceAfter(arguments.size())) {
                arguments.add(literal(word));
            } else if (beyond == null) {
                beyond = word;
            }
        }
        syntax.check(arguments.size(), beyond);
        List<String> all = new ArrayList<>();
        all.add(words.get(0));
        all.addAll(options);
        all.addAll(arguments);
        all.addAll(redirections);
        return String.join(" ", all);
    }

    private static String value(String option, @Nullable String word) {
        if (word == null) {
            throw new CommandException(option + ": its value is missing");
        }
        return literal(word);
    }

    private static String bare(String word) {
        return word.replaceAll("^(['\"])(.*)\\1$", "$2");
    }

    /** Puts together again what the shell cuts at a blank within quotes: {@code key='a b'}. */
    private static List<String> joined(String[] pieces) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < pieces.length; i++) {
            String word = pieces[i];
            int end = i;
            while (endsWithinQuotes(word) && ++end < pieces.length) {
                word += " " + pieces[end];
            }
            boolean closed = end < pieces.length;
            words.add(closed ? word : pieces[i]);
            i = closed ? end : i;
        }
        return words;
    }

    private static boolean endsWithinQuotes(String word) {
        char open = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (open == 0 && (c == '\'' || c == '"')) {
                open = c;
            } else if (c == open) {
                open = 0;
            }
        }
        return open != 0;
    }

    private static String literal(String word) {
        if (word.startsWith("\"")) {
            // The shell takes an apostrophe for a quote here: it's goes as "it"\'"s".
            return word.replace("'", "\"\\'\"");
        }
        boolean shells =
                word.isEmpty()
                        || "'$({[".indexOf(word.charAt(0)) >= 0
                        || word.contains("\\")
                        || (word.matches(".*['\"].*") && !endsWithinQuotes(word));
        return shells ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
