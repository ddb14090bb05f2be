package io.visionops.store.internal.coverage;

import io.visionops.api.camera.Cause;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.Coverage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A time from the last picture of use to the next one.
 *
 * @param since milliseconds since 1970
 * @param until exclusive; where it still lasts, the end of what is known
 * @param cause that made up most of it
 */
public record Outage(long since, long until, String cause) {

    private static final Set<String> NO_FAULT = Set.of(Coverage.CONNECTING, Cause.PAUSED.key());

    /**
     * The outages in an account of a feed, in order. While VisionOps did not run a camera did not
     * come back, so an outage may go over such a time. Time that a clock jumped over is none, and
     * neither connecting alone, as at each start, nor a pause that was asked for is an outage.
     */
    public static List<Outage> of(List<Span> feed) {
        List<Outage> outages = new ArrayList<>();
        List<Span> blind = new ArrayList<>();
        for (Span span : feed) {
            if (span.sight() != Sight.BLIND) {
                add(blind, outages);
                blind.clear();
            } else if (!span.cause().equals(Coverage.CLOCK)) {
                blind.add(span);
            }
        }
        add(blind, outages);
        return outages;
    }

    private static void add(List<Span> blind, List<Outage> outages) {
        Map<String, Long> causes = new TreeMap<>();
        for (Span span : blind) {
            if (!NO_FAULT.contains(span.cause())) {
                causes.merge(span.cause(), span.length(), Long::sum);
            }
        }
        causes.entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .ifPresent(
                        most ->
                                outages.add(
                                        new Outage(
                                                blind.get(0).since(),
                                                blind.get(blind.size() - 1).until(),
                                                most.getKey())));
    }

    public long length() {
        return until - since;
    }
}
