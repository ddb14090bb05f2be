package io.visionops.processes.internal;

import io.visionops.processes.internal.meter.Meter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process and every descendant of it that was ever seen: one whose parent dies gets another
 * parent and could not be found afterwards. Thread-safe.
 */
final class ProcessFamily {

    private final Meter meter;

    /**
     * The living ones by pid, parents before children: a shell whose command ends starts the next.
     * Guarded by "this".
     */
    private final Map<Long, Member> members = new LinkedHashMap<>();

    /**
     * @param start as {@link Meter.Reading#start()} says; empty while it could not be read
     */
    private record Member(ProcessHandle handle, String start) {

        boolean is(Meter.Reading reading) {
            return start.isEmpty() || start.equals(reading.start());
        }
    }

    ProcessFamily(ProcessHandle root, Meter meter) {
        this.meter = meter;
        add(root);
    }

    private synchronized void add(ProcessHandle process) {
        try {
            meter.read(process.pid())
                    .ifPresent(
                            reading ->
                                    members.put(
                                            process.pid(), new Member(process, reading.start())));
        } catch (Meter.UnreadableException e) {
            members.put(process.pid(), new Member(process, ""));
        }
    }

    /** Notes the descendants that live now. */
    synchronized void look(ProcessTree tree) {
        forgetDead();
        tree.descendants(List.copyOf(members.keySet())).stream()
                .filter(process -> !members.containsKey(process.pid()))
                .forEach(this::add);
    }

    /** Pid and reading of each that lives; empty when one of them cannot be read. */
    synchronized Optional<Map<Long, Meter.Reading>> read() {
        Map<Long, Meter.Reading> readings = new HashMap<>();
        boolean all = true;
        for (Map.Entry<Long, Member> entry : List.copyOf(members.entrySet())) {
            try {
                // A pid that was given to another process has another start.
                meter.read(entry.getKey())
                        .filter(reading -> entry.getValue().is(reading))
                        .ifPresentOrElse(
                                reading -> readings.put(entry.getKey(), reading),
                                () -> members.remove(entry.getKey()));
            } catch (Meter.UnreadableException e) {
                // It stays: who cannot be read is not dead.
                all = false;
            }
        }
        return all ? Optional.of(readings) : Optional.empty();
    }

    synchronized boolean isAlive() {
        forgetDead();
        return !members.isEmpty();
    }

    /**
     * TERM to all, or KILL. The handle itself refuses when its pid has another owner by now.
     *
     * @return false when one of them lives and did not get it: to see who owns its pid takes a file
     *     descriptor
     */
    boolean signal(boolean kill) {
        boolean all = true;
        for (ProcessHandle process : living()) {
            boolean sent = kill ? process.destroyForcibly() : process.destroy();
            all &= sent || isGone(process.pid());
        }
        return all;
    }

    private boolean isGone(long pid) {
        try {
            return meter.read(pid).isEmpty();
        } catch (Meter.UnreadableException e) {
            return false;
        }
    }

    private synchronized List<ProcessHandle> living() {
        forgetDead();
        List<ProcessHandle> living = new ArrayList<>();
        members.values().forEach(member -> living.add(member.handle()));
        return living;
    }

    private void forgetDead() {
        read();
    }
}
