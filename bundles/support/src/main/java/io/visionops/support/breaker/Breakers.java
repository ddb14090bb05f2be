package io.visionops.support.breaker;

import io.visionops.api.time.Ticker;
import io.visionops.support.meter.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The breakers of a part, for its meters and checks. Thread-safe. */
public final class Breakers {

    private final String part;
    private final Ticker ticker;
    private final Map<String, Breaker> all = new ConcurrentSkipListMap<>();

    public Breakers(String part, Ticker ticker) {
        this.part = part;
        this.ticker = ticker;
    }

    /** The breaker of a call, made when it is asked for first. */
    public Breaker of(String call, BreakerPolicy policy) {
        return all.computeIfAbsent(call, name -> new Breaker(name, policy, ticker));
    }

    /** A closed breaker for a call whose other side is a new one. */
    public Breaker anew(String call, BreakerPolicy policy) {
        Breaker breaker = new Breaker(call, policy, ticker);
        all.put(call, breaker);
        return breaker;
    }

    /** A call that is not made any more, such as one for a camera that was removed. */
    public void forget(Breaker breaker) {
        all.remove(breaker.name(), breaker);
    }

    /** Ordered by call. */
    public List<BreakerStatus> statuses() {
        return all.values().stream().map(Breaker::status).toList();
    }

    /** What the meters say of them. */
    public List<Reading> readings() {
        return readings(part, statuses());
    }

    /** What the meters say of the breakers of a part. */
    public static List<Reading> readings(String part, List<BreakerStatus> statuses) {
        List<Reading> readings = new ArrayList<>();
        for (BreakerStatus status : statuses) {
            readings.add(
                    Reading.gauge(
                            "visionops.breaker.state",
                            "0 while an outside call is made, 1 while one is tried, 2 while it is"
                                    + " not made since it failed again and again",
                            "",
                            status.state().ordinal(),
                            "part",
                            part,
                            "call",
                            status.call()));
            readings.add(
                    Reading.counter(
                            "visionops.breaker.failures",
                            "Outside calls that failed",
                            "",
                            status.failures(),
                            "part",
                            part,
                            "call",
                            status.call()));
        }
        return readings;
    }
}
