package io.visionops.ingest.internal.incident;

import io.visionops.api.camera.Cause;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One cause for the loss of several cameras. Not thread-safe: part of {@link IncidentCorrelator}.
 */
final class OpenIncident {

    private final SortedSet<String> members = new TreeSet<>();
    private final long began;
    private FailureDomain scope;

    /** Cameras of the scope that were well before. */
    private int size;

    private long firstLoss;
    private long lastLoss;

    /** What all of them were lost by. */
    private Optional<Cause> common = Optional.empty();

    /** How long this computer stood still; of {@link FailureDomain#OWN} alone. */
    private Duration standstill = Duration.ZERO;

    private boolean standstillSeen;

    /** Since when most members are back; {@link Long#MIN_VALUE} while they are not. */
    private long mostlyBack = Long.MIN_VALUE;

    /**
     * @param now when it begins, unless the first loss says so; monotonic
     */
    OpenIncident(FailureDomain scope, long now) {
        this.scope = scope;
        this.began = now;
    }

    /**
     * How it was left.
     *
     * @param shift from its monotonic times to those of now
     */
    OpenIncident(Left left, long shift) {
        this(left.scope(), left.began() + shift);
        members.addAll(left.members());
        size = left.size();
        firstLoss = left.firstLoss() + shift;
        lastLoss = left.lastLoss() + shift;
        common = left.common();
        standstill = left.standstill();
        standstillSeen = left.standstillSeen();
        left.mostlyBack().ifPresent(since -> mostlyBack = since + shift);
    }

    /** What a successor must know to go on with it; times are monotonic. */
    record Left(
            FailureDomain scope,
            int size,
            List<String> members,
            long began,
            long firstLoss,
            long lastLoss,
            Optional<Cause> common,
            Duration standstill,
            boolean standstillSeen,
            OptionalLong mostlyBack) {

        Left {
            members = List.copyOf(members);
        }
    }

    Left left() {
        return new Left(
                scope,
                size,
                members(),
                began,
                firstLoss,
                lastLoss,
                common,
                standstill,
                standstillSeen,
                mostlyBack == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(mostlyBack));
    }

    /** Monotonic. */
    long began() {
        return scope.kind() == FailureDomain.Kind.OWN ? began : firstLoss;
    }

    FailureDomain scope() {
        return scope;
    }

    /** Ordered by name. */
    List<String> members() {
        return List.copyOf(members);
    }

    /** Meaningful while there are members. */
    long lastLoss() {
        return lastLoss;
    }

    /**
     * What explains the loss.
     *
     * @param of cameras of the scope that were well before
     * @param cause what all of them were lost by
     */
    void explain(FailureDomain by, int of, Optional<Cause> cause) {
        scope = by;
        size = of;
        common = cause;
    }

    /**
     * @param seen it was seen to stand still; otherwise its clock went ahead, as after a sleep
     */
    void stoodStill(Duration more, boolean seen) {
        standstill = standstill.plus(more);
        standstillSeen |= seen;
    }

    /** Fit to be told: a clock that is set is no incident unless cameras are lost. */
    boolean isCertain() {
        return standstillSeen || !members.isEmpty();
    }

    void join(String camera, long lostAt) {
        firstLoss = members.isEmpty() ? lostAt : Math.min(firstLoss, lostAt);
        lastLoss = members.isEmpty() ? lostAt : Math.max(lastLoss, lostAt);
        members.add(camera);
        size = Math.max(size, members.size());
    }

    void forget(String camera) {
        members.remove(camera);
    }

    /**
     * Notes which members are still lost.
     *
     * @return whether all are back, or more than half have been for {@code enough}
     */
    boolean isOver(Collection<String> lost, long now, Duration enough) {
        if (lost.isEmpty()) {
            return true;
        }
        if (lost.size() * 2 >= members.size()) {
            mostlyBack = Long.MIN_VALUE;
            return false;
        }
        if (mostlyBack == Long.MIN_VALUE) {
            mostlyBack = now;
        }
        return now - mostlyBack >= enough.toNanos();
    }

    /** What happened and what to do, for a person. */
    String words() {
        if (scope.kind() == FailureDomain.Kind.OWN) {
            return (standstillSeen
                            ? "this computer stood still for "
                            : "this computer slept, or its clock was set ahead, by ")
                    + standstill.toSeconds()
                    + " s, "
                    + (members.isEmpty() ? "no camera" : counted(members.size()))
                    + " lost by it: look at its load, its memory and its disk";
        }
        long seconds = Duration.ofNanos(lastLoss - firstLoss).plusMillis(999).toSeconds();
        return members.size()
                + " of "
                + counted(size)
                + where()
                + " lost within "
                + Math.max(1, seconds)
                + " s"
                + common.map(cause -> " (" + cause.words() + ")").orElse("")
                + ": look at "
                + advice();
    }

    private static String counted(int cameras) {
        return cameras + (cameras == 1 ? " camera" : " cameras");
    }

    private String where() {
        return switch (scope.kind()) {
            case HOST -> " behind " + scope.name();
            case NAMES -> " with host names";
            case SUBNET -> " in " + scope.name();
            case ALL, OWN -> "";
        };
    }

    private String advice() {
        if (common.equals(Optional.of(Cause.CRASHED))) {
            return "the memory and the disk of this computer";
        }
        return switch (scope.kind()) {
            case HOST -> "that recorder or its switch";
            case NAMES -> "the name server";
            case SUBNET -> "the switch, the router and the power of that network";
            case ALL, OWN -> "the network of this computer and the power";
        };
    }
}
