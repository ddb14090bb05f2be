package io.visionops.health.internal.alert;

import io.visionops.api.journal.Severity;
import io.visionops.support.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule as it stands in the file.
 *
 * @param holdFor how long the condition has to hold before the alert fires
 * @param clearFor how long it must not hold before the alert is over
 * @param inhibitedBy names of other rules
 * @param escalation times after the alert fired, ascending
 */
record Rule(
        String name,
        boolean enabled,
        Condition condition,
        Duration holdFor,
        Duration clearFor,
        Severity severity,
        Set<String> inhibitedBy,
        List<Duration> escalation,
        String runbook) {

    Rule {
        inhibitedBy = Set.copyOf(inhibitedBy);
        escalation = List.copyOf(escalation);
    }

    /** What a rule looks for. */
    sealed interface Condition {

        String words();
    }

    /**
     * The status of checks.
     *
     * @param pattern name of a check; {@code *} stands for one word of it
     * @param warnings a warning counts as well
     */
    record OfCheck(String pattern, boolean warnings) implements Condition {

        @Override
        public String words() {
            return pattern + (warnings ? " warns or is critical" : " is critical");
        }

        boolean matches(String check) {
            return matches(pattern, check);
        }

        static boolean matches(String pattern, String check) {
            if (pattern.indexOf('*') < 0) {
                return pattern.equals(check);
            }
            int wanted = 0;
            int word = 0;
            while (true) {
                int wantedEnd = end(pattern, wanted);
                int wordEnd = end(check, word);
                boolean any = wantedEnd - wanted == 1 && pattern.charAt(wanted) == '*';
                boolean same =
                        wantedEnd - wanted == wordEnd - word
                                && pattern.regionMatches(wanted, check, word, wordEnd - word);
                boolean patternEnds = wantedEnd == pattern.length();
                boolean checkEnds = wordEnd == check.length();
                if (!any && !same || patternEnds != checkEnds) {
                    return false;
                }
                if (patternEnds) {
                    return true;
                }
                wanted = wantedEnd + 1;
                word = wordEnd + 1;
            }
        }

        /** Of the word that begins there. Each rule asks each check, so nothing is cut out. */
        private static int end(String name, int from) {
            int dot = name.indexOf('.', from);
            return dot < 0 ? name.length() : dot;
        }
    }

    /**
     * The value of a metric.
     *
     * @param metric as the page of the metrics names it
     * @param above whether values above the limit are meant; else those below it
     * @param clear from this value on, the other way, it is well again
     * @param groupBy label for each value of which there is an alert; without it there is one for
     *     all
     */
    record OfMetric(
            String metric, boolean above, double limit, double clear, Optional<String> groupBy)
            implements Condition {

        @Override
        public String words() {
            return metric
                    + (above ? " above " : " below ")
                    + number(limit)
                    + (clear == limit ? "" : ", well again from " + number(clear) + " on")
                    + groupBy.map(label -> ", by " + label).orElse("");
        }
    }

    /** Without an exponent and without needless zeros. */
    static String number(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    String words() {
        return condition.words() + (holdFor.isZero() ? "" : " for " + DurationText.show(holdFor));
    }
}
