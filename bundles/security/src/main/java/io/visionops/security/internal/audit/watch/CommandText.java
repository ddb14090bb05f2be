package io.visionops.security.internal.audit.watch;

import io.visionops.support.UrlSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line that somebody typed into the shell: without its secrets, and whether it is audited. */
final class CommandText {

    private static final String MASK = "***";

    /** As the masks of configurations have it; those of files are no secrets. */
    private static final Pattern SECRET =
            Pattern.compile(
                    "passw(or)?d|passphrase|\\bpwd\\b|secret|token|credential|"
                            + "(api|private|recovery).?key|^-*key$");

    private static final Pattern FILE = Pattern.compile("(file|path|folder)$");

    /** Of what stands behind the name of such a command only the first word is kept. */
    private static final Pattern FIRST_WORD_ALONE =
            Pattern.compile("(.*:)?(user-?(add|set|edit)|useradd|secret-.*|su|.*passw(or)?d.*)");

    /** A word with quotes around any of it, or what parts commands. */
    private static final Pattern WORD =
            Pattern.compile(
                    "(?:[^\\s'\"|;&]|'[^']*'?|\"(?:[^\"\\\\]|\\\\.)*\"?)+|\\|\\||&&|[|;&\\n]");

    private static final Pattern SEPARATOR = Pattern.compile("\\|\\||&&|[|;&\\n]");

    /** They show to everybody who may log in what changes nothing and is no picture. */
    private static final Set<String> HARMLESS =
            Set.of(
                    "alert-list",
                    "alert-rules",
                    "backup-list",
                    "backup-status",
                    "camera-history",
                    "camera-list",
                    "camera-report",
                    "capabilities",
                    "checkpoint-info",
                    "counts",
                    "coverage",
                    "db-stats",
                    "events",
                    "frames",
                    "governor",
                    "health",
                    "health-history",
                    "model-list",
                    "processes",
                    "recovery-list",
                    "restart-status",
                    "search",
                    "status",
                    "tracks",
                    "update-history",
                    "update-status",
                    "help",
                    "exit",
                    "logout",
                    "clear",
                    "grep",
                    "head",
                    "tail",
                    "sort",
                    "more",
                    "less");

    private CommandText() {}

    /** Does it change something, or show what not everybody may see? */
    static boolean isAudited(String line) {
        boolean first = true;
        for (String word : words(line)) {
            if (SEPARATOR.matcher(word).matches()) {
                first = true;
            } else if (first) {
                String name = word.startsWith("visionops:") ? word.substring(10) : word;
                if (!HARMLESS.contains(name)) {
                    return true;
                }
                first = false;
            } else if (word.startsWith(">") || word.contains("$(") || word.startsWith("`")) {
                return true;
            }
        }
        return false;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /** The line with what may be a secret replaced; rather too much of it than too little. */
    static String masked(String line) {
        StringBuilder text = new StringBuilder();
        int place = 0;
        boolean alone = false;
        boolean secretComes = false;
        for (String word : words(line.strip())) {
            String shown;
            if (SEPARATOR.matcher(word).matches()) {
                shown = word.equals("\n") ? ";" : word;
                place = -1;
                secretComes = false;
            } else if (place == 0) {
                shown = word;
                alone = FIRST_WORD_ALONE.matcher(word.toLowerCase(Locale.ROOT)).matches();
            } else if (secretComes || alone && place > 1) {
                shown = MASK;
                secretComes = false;
            } else {
                shown = value(word);
                secretComes = shown.equals(word) && names(word);
            }
            place++;
            text.append(text.isEmpty() ? "" : " ").append(shown);
        }
        return UrlSecrets.mask(text.toString());
    }

    /** A word such as {@code --password=x}, or one within quotes, with its secret replaced. */
    private static String value(String word) {
        int scheme = word.indexOf("://");
        int at = word.lastIndexOf('@');
        if (scheme >= 0 && at > scheme) {
            // Within quotes a password may hold blanks.
            return word.substring(0, scheme + 3) + MASK + word.substring(at);
        }
        int equals = word.indexOf('=');
        return equals > 0 && names(word.substring(0, equals))
                ? word.substring(0, equals + 1) + MASK
                : word;
    }

    private static boolean names(String word) {
        String name = word.replaceAll("['\"]", "").toLowerCase(Locale.ROOT);
        return SECRET.matcher(name).find() && !FILE.matcher(name).find();
    }
}
