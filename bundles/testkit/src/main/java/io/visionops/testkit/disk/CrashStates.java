package io.visionops.testkit.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a power cut can leave of what was asked of a disk. What was synced is there. Of the rest any
 * part may be missing, in any order, and a write may be there by its beginning alone; names of one
 * folder come and go each for itself. That is less than common file systems promise, so that what
 * holds here holds there.
 */
public final class CrashStates {

    private final DiskState before;
    private final List<DiskOperation> operations;

    CrashStates(DiskState before, List<DiskOperation> operations) {
        this.before = before;
        this.operations = List.copyOf(operations);
    }

    /** What became of what was not synced. */
    public enum Fate {
        /** All of it is there. */
        KEPT,
        /** Nothing of it is. */
        DROPPED,
        /** The last write is there in part, or as zeros. */
        TORN,
        /** Some of it, at random. */
        MIXED,
        /** One sync before did nothing: a disk that lies. */
        LIED
    }

    /**
     * A moment.
     *
     * @param after how many operations were asked before
     */
    public record Cut(int after, Fate fate) {}

    /** Looks at what a program finds. */
    @FunctionalInterface
    public interface Look {
        void at(Cut cut, DiskState state) throws Exception;
    }

    /** A disk and what it holds back. */
    private static final class Disk {

        private final DiskState durable;
        private final List<DiskOperation> pending = new ArrayList<>();

        Disk(DiskState durable) {
            this.durable = durable;
        }

        void take(DiskOperation operation) {
            if (operation instanceof DiskOperation.Sync sync) {
                pending.stream().filter(one -> one.isOf(sync.node())).forEach(durable::apply);
                pending.removeIf(one -> one.isOf(sync.node()));
            } else if (!(operation instanceof DiskOperation.Pause)) {
                pending.add(operation);
            }
        }

        DiskState with(List<DiskOperation> some) {
            DiskState state = durable.copy();
            some.forEach(state::apply);
            return state;
        }

        List<DiskOperation> some(Random random) {
            double kept = 0.2 + 0.6 * random.nextDouble();
            List<DiskOperation> some = new ArrayList<>();
            for (DiskOperation one : pending) {
                if (random.nextDouble() < kept) {
                    some.add(random.nextInt(4) == 0 ? torn(one, random) : one);
                }
            }
            return some;
        }

        private static DiskOperation torn(DiskOperation one, Random random) {
            return one instanceof DiskOperation.Write write && write.bytes().length > 0
                    ? write.first(random.nextInt(write.bytes().length))
                    : one;
        }
    }

    /**
     * Looks at the states after each operation.
     *
     * @param mixed how many of those at random
     * @return how many states there were
     */
    public int each(Random random, int mixed, Look look) throws Exception {
        Disk disk = new Disk(before.copy());
        int count = 0;
        for (int i = 0; i < operations.size(); i++) {
            disk.take(operations.get(i));
            look.at(new Cut(i + 1, Fate.KEPT), disk.with(disk.pending));
            count++;
            if (disk.pending.isEmpty()) {
                continue;
            }
            look.at(new Cut(i + 1, Fate.DROPPED), disk.with(List.of()));
            count++;
            for (DiskOperation torn : torn(operations.get(i))) {
                List<DiskOperation> all = new ArrayList<>(disk.pending);
                all.set(all.size() - 1, torn);
                look.at(new Cut(i + 1, Fate.TORN), disk.with(all));
                count++;
            }
            for (int k = 0; k < mixed && disk.pending.size() > 1; k++) {
                look.at(new Cut(i + 1, Fate.MIXED), disk.with(disk.some(random)));
                count++;
            }
        }
        return count;
    }

    private static List<DiskOperation> torn(DiskOperation last) {
        List<DiskOperation> torn = new ArrayList<>();
        if (last instanceof DiskOperation.Write write) {
            int length = write.bytes().length;
            for (int quarter = 1; quarter < 4; quarter++) {
                torn.add(write.first(length * quarter / 4));
            }
            torn.add(write.first(Math.max(0, length - 1)));
            torn.add(new DiskOperation.Write(write.file(), write.at(), new byte[length]));
        }
        return torn;
    }

    /**
     * Looks at states that a disk leaves for which one sync was nothing, until the next pause: once
     * for each sync, after it and some of the operations that follow.
     *
     * @param later after how many of these
     * @return how many states there were
     */
    public int eachLie(Random random, int later, Look look) throws Exception {
        Disk honest = new Disk(before.copy());
        int count = 0;
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) instanceof DiskOperation.Sync) {
                count += lie(honest, i, random, later, look);
            }
            honest.take(operations.get(i));
        }
        return count;
    }

    private int lie(Disk honest, int sync, Random random, int later, Look look) throws Exception {
        int end = sync + 1;
        while (end < operations.size() && !(operations.get(end) instanceof DiskOperation.Pause)) {
            end++;
        }
        Disk disk = new Disk(honest.durable.copy());
        disk.pending.addAll(honest.pending);
        double wanted = (double) later / (end - sync);
        int count = 0;
        for (int i = sync + 1; i < end; i++) {
            disk.take(operations.get(i));
            if (random.nextDouble() < wanted) {
                look.at(new Cut(i + 1, Fate.LIED), disk.with(List.of()));
                look.at(new Cut(i + 1, Fate.LIED), disk.with(disk.some(random)));
                count += 2;
            }
        }
        return count;
    }
}
