package io.visionops.ingest.internal.state;

import static io.visionops.api.camera.CameraState.BACKOFF;
import static io.visionops.api.camera.CameraState.CONNECTING;
import static io.visionops.api.camera.CameraState.DEGRADED;
import static io.visionops.api.camera.CameraState.DISABLED;
import static io.visionops.api.camera.CameraState.IDLE;
import static io.visionops.api.camera.CameraState.OFFLINE;
import static io.visionops.api.camera.CameraState.STREAMING;

import io.visionops.api.camera.CameraState;
import io.visionops.ingest.internal.state.Trigger.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which states can follow which, by what happens. What is not here cannot be: a happening that a
 * state has no entry for changes nothing, and {@link CameraStateMachine} refuses any other target.
 */
final class TransitionTable {

    private static final Map<CameraState, Map<Kind, Set<CameraState>>> TABLE = table();

    private TransitionTable() {}

    private static Map<CameraState, Map<Kind, Set<CameraState>>> table() {
        Map<CameraState, Map<Kind, Set<CameraState>>> table = new EnumMap<>(CameraState.class);
        row(table, CONNECTING, Kind.DUE, CONNECTING);
        row(table, CONNECTING, Kind.FRAME, STREAMING);
        row(table, CONNECTING, Kind.LOST, BACKOFF, OFFLINE);
        row(table, CONNECTING, Kind.ASKED, CONNECTING);
        row(table, CONNECTING, Kind.ANSWERED, CONNECTING);
        row(table, CONNECTING, Kind.PAUSED, IDLE);
        row(table, CONNECTING, Kind.DISABLED, DISABLED);

        row(table, STREAMING, Kind.FRAME, STREAMING);
        row(table, STREAMING, Kind.LOST, BACKOFF, OFFLINE);
        row(table, STREAMING, Kind.FINISHED, IDLE);
        row(table, STREAMING, Kind.SLOW, DEGRADED);
        row(table, STREAMING, Kind.PICTURE_FAULT, DEGRADED);
        row(table, STREAMING, Kind.ASKED, CONNECTING);
        row(table, STREAMING, Kind.PAUSED, IDLE);
        row(table, STREAMING, Kind.DISABLED, DISABLED);

        row(table, DEGRADED, Kind.FRAME, DEGRADED);
        row(table, DEGRADED, Kind.LOST, BACKOFF, OFFLINE);
        row(table, DEGRADED, Kind.FINISHED, IDLE);
        row(table, DEGRADED, Kind.SLOW, DEGRADED);
        row(table, DEGRADED, Kind.FLUENT, STREAMING, DEGRADED);
        row(table, DEGRADED, Kind.PICTURE_FAULT, DEGRADED);
        row(table, DEGRADED, Kind.PICTURE_WELL, STREAMING, DEGRADED);
        row(table, DEGRADED, Kind.ASKED, CONNECTING);
        row(table, DEGRADED, Kind.PAUSED, IDLE);
        row(table, DEGRADED, Kind.DISABLED, DISABLED);

        row(table, BACKOFF, Kind.DUE, CONNECTING);
        row(table, BACKOFF, Kind.ASKED, CONNECTING);
        row(table, BACKOFF, Kind.ANSWERED, BACKOFF);
        row(table, BACKOFF, Kind.PAUSED, IDLE);
        row(table, BACKOFF, Kind.DISABLED, DISABLED);

        // While it is probed it stays OFFLINE: one that is gone for a week is one entry in the
        // journal and not two thousand.
        row(table, OFFLINE, Kind.DUE, OFFLINE);
        row(table, OFFLINE, Kind.FRAME, STREAMING);
        row(table, OFFLINE, Kind.LOST, OFFLINE);
        row(table, OFFLINE, Kind.ASKED, OFFLINE);
        row(table, OFFLINE, Kind.ANSWERED, OFFLINE);
        row(table, OFFLINE, Kind.PAUSED, IDLE);
        row(table, OFFLINE, Kind.DISABLED, DISABLED);

        row(table, IDLE, Kind.ASKED, CONNECTING);
        row(table, IDLE, Kind.PAUSED, IDLE);
        row(table, IDLE, Kind.RESUMED, CONNECTING);
        row(table, IDLE, Kind.DISABLED, DISABLED);
        return table;
    }

    private static void row(
            Map<CameraState, Map<Kind, Set<CameraState>>> table,
            CameraState from,
            Kind trigger,
            CameraState first,
            CameraState... others) {
        table.computeIfAbsent(from, state -> new EnumMap<>(Kind.class))
                .put(trigger, EnumSet.of(first, others));
    }

    /** The states that can follow; empty when it changes nothing. */
    static Set<CameraState> after(CameraState state, Kind trigger) {
        return TABLE.getOrDefault(state, Map.of()).getOrDefault(trigger, Set.of());
    }
}
