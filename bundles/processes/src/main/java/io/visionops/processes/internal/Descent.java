package io.visionops.processes.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A process and every descendant of it that was ever seen: one whose parent dies gets another
 * parent and could not be found afterwards. Thread-safe.
 */
final class Descent {

    private final Meter meter;

    /**
     * The living ones by pid, parents before children: a shell whose command ends starts the next.
     * Guarded by "this".
     */
    private final Map<Long, Member> members = new LinkedHashMap<>();

    /**
     * @param start as {@link Meter.Reading#start()} says
     */
    private record Member(ProcessHandle handle, String start) {}

    Descent(ProcessHandle root, Meter meter) {
        this.meter = meter;
        add(root);
    }

    private synchronized void add(ProcessHandle process) {
        meter.read(process.pid())
                .ifPresent(
                        reading ->
                                members.put(process.pid(), new Member(process, reading.start())));
    }

    /** Notes the descendants that live now. */
    synchronized void look(ProcessTree tree) {
        forgetDead();
        tree.descendants(List.copyOf(members.keySet())).stream()
                .filter(process -> !members.containsKey(process.pid()))
                .forEach(this::add);
    }

    /** Pid and reading of each that lives. */
    synchronized Map<Long, Meter.Reading> read() {
        Map<Long, Meter.Reading> readings = new HashMap<>();
        for (Map.Entry<Long, Member> entry : List.copyOf(members.entrySet())) {
            // A pid that was given to another process has another start.
            meter.read(entry.getKey())
                    .filter(reading -> reading.start().equals(entry.getValue().start()))
                    .ifPresentOrElse(
                            reading -> readings.put(entry.getKey(), reading),
                            () -> members.remove(entry.getKey()));
        }
        return readings;
    }

    synchronized boolean isAlive() {
        forgetDead();
        return !members.isEmpty();
    }

    /** TERM to all, or KILL. The handle itself refuses when its pid has another owner by now. */
    void signal(boolean kill) {
        for (ProcessHandle process : living()) {
            if (kill) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
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
