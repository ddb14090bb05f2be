package io.visionops.ingest.internal.handover;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.camera.Source.Transport;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.subject.Actor;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.connect.EndpointSelector;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.state.LevelRequests;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.state.StateData.FailureCounts;
import io.visionops.ingest.internal.state.StateData.Flow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A {@link Handover} as text and back. */
final class HandoverCodec {

    private HandoverCodec() {}

    static Properties of(Handover left) {
        Properties text = new Properties();
        StateData stateData = left.stateData();
        text.setProperty("state", stateData.state().name());
        text.setProperty("since", left.since().toString());
        put(text, "since.nanos", stateData.since());
        stateData.fault().ifPresent(fault -> put(text, "fault", fault));
        text.setProperty("waiting", String.valueOf(stateData.waiting()));
        put(text, "retry.nanos", stateData.retry());
        FailureCounts misses = stateData.misses();
        put(text, "failures", misses.failures());
        put(text, "permanent", misses.permanent());
        put(text, "round", misses.round());
        text.setProperty("alerted", String.valueOf(misses.alerted()));
        Flow flow = stateData.flow();
        put(text, "steady.nanos", flow.steady());
        put(text, "last.nanos", flow.last());
        text.setProperty("slow", String.valueOf(flow.slow()));
        flow.picture().ifPresent(fault -> put(text, "picture", fault));
        put(text, "address", left.endpoints().current());
        put(text, "sequence", left.sequence());
        put(text, "passed", left.passed());
        put(text, "launches", left.launches());
        text.setProperty("streamed", String.valueOf(left.streamed()));
        left.origin().ifPresent(origin -> text.setProperty("origin", origin.toString()));
        put(text, "analysed", left.counts().analysed());
        put(text, "gated", left.counts().gated());
        left.counts().dropped().forEach((why, count) -> put(text, "dropped." + why, count));
        List<EndpointSelector.Way> ways = left.endpoints().ways();
        for (int i = 0; i < ways.size(); i++) {
            EndpointSelector.Way way = ways.get(i);
            text.setProperty("way." + i + ".usual", way.usual().name());
            text.setProperty("way." + i + ".transport", way.transport().name());
            text.setProperty("way." + i + ".choice", String.valueOf(way.choice()));
            put(text, "way." + i + ".doubts", way.doubts());
        }
        put(text, left.wish().requests());
        text.setProperty("renewal", String.valueOf(left.wish().renewal()));
        left.running().ifPresent(running -> put(text, running));
        return text;
    }

    private static void put(Properties text, Handover.Running running) {
        text.setProperty("child", running.name());
        put(text, "pid", running.pid());
        put(text, "width", running.size().width());
        put(text, "height", running.size().height());
        put(text, "header", running.header());
        put(text, "position", running.position());
        put(text, "child.address", running.endpoint().address());
        text.setProperty("child.transport", running.endpoint().transport().name());
        put(text, "child.level", running.level());
    }

    private static void put(Properties text, LevelRequests requests) {
        // All that an earlier version knows of it.
        put(text, "level", requests.decoding());
        List<LevelRequest> standing = requests.standing();
        put(text, "requests", standing.size());
        for (int i = 0; i < standing.size(); i++) {
            LevelRequest request = standing.get(i);
            put(text, "request." + i, request.level());
            text.setProperty("request." + i + ".by", request.by().toString());
            text.setProperty("request." + i + ".reason", request.reason());
        }
    }

    private static void put(Properties text, String key, ServiceLevel level) {
        text.setProperty(key, level.kind().name());
        put(text, key + ".fps", level.fps());
    }

    private static void put(Properties text, String key, long value) {
        text.setProperty(key, String.valueOf(value));
    }

    private static void put(Properties text, String key, Fault fault) {
        text.setProperty(key, fault.cause().name());
        text.setProperty(key + ".detail", fault.detail());
    }

    /**
     * @throws RuntimeException when something is missing or is not what it should be
     */
    static Handover read(Properties text) {
        EndpointSelector endpoints =
                new EndpointSelector((int) number(text, "address"), ways(text));
        return new Handover(
                text.containsKey("child") ? Optional.of(running(text)) : Optional.empty(),
                stateData(text),
                Instant.parse(word(text, "since")),
                endpoints,
                number(text, "sequence"),
                counts(text),
                number(text, "passed"),
                Optional.ofNullable(text.getProperty("origin")).map(Instant::parse),
                number(text, "launches"),
                // Of a version that did not write it, one whose frames were counted has.
                isSet(text, "streamed") || number(text, "sequence") > 0,
                new Handover.Wish(requests(text), isSet(text, "renewal")));
    }

    private static LevelRequests requests(Properties text) {
        if (!text.containsKey("requests")) {
            // Of a version that knew one level, and not who had asked for it.
            return LevelRequests.NONE.with(
                    new LevelRequest(LevelRequests.UNKNOWN, level(text, "level"), ""));
        }
        LevelRequests requests = LevelRequests.NONE;
        for (int i = 0; i < number(text, "requests"); i++) {
            String key = "request." + i;
            requests =
                    requests.with(
                            new LevelRequest(
                                    Actor.parse(word(text, key + ".by")),
                                    level(text, key),
                                    word(text, key + ".reason")));
        }
        return requests;
    }

    private static ServiceLevel level(Properties text, String key) {
        return new ServiceLevel(
                ServiceLevel.Kind.valueOf(word(text, key)), (int) number(text, key + ".fps"));
    }

    private static StateData stateData(Properties text) {
        return new StateData(
                CameraState.valueOf(word(text, "state")),
                number(text, "since.nanos"),
                fault(text, "fault"),
                isSet(text, "waiting"),
                number(text, "retry.nanos"),
                new FailureCounts(
                        (int) number(text, "failures"),
                        (int) number(text, "permanent"),
                        (int) number(text, "round"),
                        isSet(text, "alerted")),
                new Flow(
                        number(text, "steady.nanos"),
                        number(text, "last.nanos"),
                        isSet(text, "slow"),
                        fault(text, "picture")));
    }

    private static FrameCounts counts(Properties text) {
        Map<String, Long> dropped = new HashMap<>();
        long sum = 0;
        for (String key : text.stringPropertyNames()) {
            if (key.startsWith("dropped.")) {
                long count = number(text, key);
                dropped.put(key.substring("dropped.".length()), count);
                sum += count;
            }
        }
        long analysed = number(text, "analysed");
        long gated = number(text, "gated");
        return new FrameCounts(analysed + gated + sum, analysed, gated, dropped, 0);
    }

    private static List<EndpointSelector.Way> ways(Properties text) {
        List<EndpointSelector.Way> ways = new ArrayList<>();
        for (int i = 0; text.containsKey("way." + i + ".usual"); i++) {
            ways.add(
                    new EndpointSelector.Way(
                            Transport.valueOf(word(text, "way." + i + ".usual")),
                            Transport.valueOf(word(text, "way." + i + ".transport")),
                            isSet(text, "way." + i + ".choice"),
                            (int) number(text, "way." + i + ".doubts")));
        }
        return ways;
    }

    private static Handover.Running running(Properties text) {
        return new Handover.Running(
                word(text, "child"),
                number(text, "pid"),
                new Size((int) number(text, "width"), (int) number(text, "height")),
                (int) number(text, "header"),
                number(text, "position"),
                new Endpoint(
                        (int) number(text, "child.address"),
                        Transport.valueOf(word(text, "child.transport"))),
                level(text, "child.level"));
    }

    private static Optional<Fault> fault(Properties text, String key) {
        return Optional.ofNullable(text.getProperty(key))
                .map(cause -> new Fault(Cause.valueOf(cause), word(text, key + ".detail")));
    }

    private static String word(Properties text, String key) {
        String value = text.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }

    private static long number(Properties text, String key) {
        return Long.parseLong(word(text, key));
    }

    private static boolean isSet(Properties text, String key) {
        return Boolean.parseBoolean(word(text, key));
    }
}
