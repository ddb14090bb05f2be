package io.visionops.channel.internal;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines as Karaf's shell reads them. */
final class CommandText {

    private static final Pattern PLAIN =
            Pattern.compile("(?!//)[A-Za-z0-9_./:@,+-]*[A-Za-z0-9_./@,+-]");

    private CommandText() {}

    /** One line that gives the shell exactly these words. */
    static String line(List<String> words) {
        return words.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        if (word.indexOf('\'') < 0) {
            return "'" + word + "'";
        }
        // There, an apostrophe cannot be within quotes of either kind.
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!PLAIN.matcher(String.valueOf(c)).matches() && c != ':') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
