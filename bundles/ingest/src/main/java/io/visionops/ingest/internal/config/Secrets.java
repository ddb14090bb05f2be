package io.visionops.ingest.internal.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code $[secret:NAME]} stands for. */
public interface Secrets {

    /** Secrets are not kept yet: every name is one that is not there. */
    Secrets NONE = name -> Optional.empty();

    /** What looks like one of the references that Karaf knows in its own files. */
    Pattern REFERENCE = Pattern.compile("\\$\\[(secret|env|prop):([^\\]]*)(]?)");

    /** The secret of a name, if there is one. */
    Optional<String> find(String name);

    /**
     * The value with the secrets that it names; all else in it is literal.
     *
     * @throws Refused when one is not there: what stands in the file is no password
     */
    default String resolve(String key, String value) throws Refused {
        Matcher reference = REFERENCE.matcher(value);
        StringBuilder resolved = new StringBuilder();
        while (reference.find()) {
            String name = reference.group(2);
            if (!reference.group(1).equals("secret") || reference.group(3).isEmpty()) {
                throw new Refused(
                        key
                                + ": "
                                + "$["
                                + reference.group(1)
                                + ": is not resolved here: only $[secret:NAME] is");
            }
            if (!name.matches("[a-zA-Z0-9._-]{1,64}")) {
                throw new Refused(
                        key
                                + ": "
                                + Refused.shown(reference.group())
                                + ": a secret's name must be 1..64 of a-z A-Z 0-9 . _ -");
            }
            Optional<String> secret = find(name);
            if (secret.isEmpty()) {
                throw new Refused(
                        key
                                + ": there is no secret "
                                + name
                                + ": write the value itself, only the owner of the file can read"
                                + " it");
            }
            reference.appendReplacement(resolved, Matcher.quoteReplacement(secret.get()));
        }
        return reference.appendTail(resolved).toString();
    }
}
