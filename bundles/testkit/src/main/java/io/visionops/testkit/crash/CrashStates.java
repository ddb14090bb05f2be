package io.visionops.testkit.crash;

import io.visionops.testkit.crash.Operation.Data;
import io.visionops.testkit.crash.Operation.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * What the disk may hold when the power fails while a program runs. What was synced is there; of
 * what was not, all, nothing, or any of it is: writes are dropped or torn at 512 bytes, whatever
 * their order. Names (new, renamed, removed) reach the disk in their order, as file systems with a
 * journal have it, and for certain when their file or folder is synced.
 */
public final class CrashStates {

    private static final int SECTOR = 512;
    private static final int TORN_STATES = 3;

    /** At each moment. */
    private static final int STATES = TORN_STATES + 2;

    private static final double KEPT = 0.45;
    private static final double TORN = 0.7;

    private final List<Operation> operations;

    CrashStates(List<Operation> operations) {
        this.operations = operations;
    }

    /** One of them. */
    public static final class CrashState {

        private final String name;
        private final List<String> said;
        private final DiskImage image;

        private CrashState(String name, List<String> said, DiskImage image) {
            this.name = name;
            this.said = said;
            this.image = image;
        }

        /** What the program had said before. */
        public List<String> said() {
            return said;
        }

        /** What followed these words in the lines that begin with them. */
        public List<String> said(String words) {
            return said.stream()
                    .filter(line -> line.startsWith(words))
                    .map(line -> line.substring(words.length()))
                    .toList();
        }

        /**
         * @param folder that is empty
         */
        public void writeTo(Path folder) throws IOException {
            image.writeTo(folder);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Looks at one state. */
    @FunctionalInterface
    public interface Visitor {
        void visit(CrashState state) throws Exception;
    }

    /** A change that may not be on the disk yet, with its number. */
    private record Pending<T>(int number, T change) {}

    public int operations() {
        return operations.size();
    }

    /** Of the whole run. */
    public List<String> said() {
        return operations.stream()
                .filter(Operation.Said.class::isInstance)
                .map(one -> ((Operation.Said) one).line())
                .toList();
    }

    /**
     * Visits as many states as {@code -Dvisionops.crashstates} says, chosen by {@code
     * -Dvisionops.crashstates.seed}.
     *
     * @param shortForm how many without the property
     * @return how many it were
     */
    public int visit(int shortForm, Visitor visitor) {
        return visit(
                Integer.getInteger("visionops.crashstates", shortForm),
                new Random(Long.getLong("visionops.crashstates.seed", 7)),
                visitor);
    }

    /**
     * Visits so many states, or fewer where there are not so many moments.
     *
     * @return how many it were
     */
    private int visit(int states, Random random, Visitor visitor) {
        TreeSet<Integer> moments = moments(Math.max(1, states / STATES), random);
        DiskImage durable = new DiskImage();
        List<Pending<Names>> names = new ArrayList<>();
        List<Pending<Data>> data = new ArrayList<>();
        List<String> said = new ArrayList<>();
        int visited = 0;
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            if (operation instanceof Names change) {
                names.add(new Pending<>(i, change));
            } else if (operation instanceof Data change) {
                data.add(new Pending<>(i, change));
            } else if (operation instanceof Operation.Sync sync) {
                sync(durable, names, data, sync);
            } else if (operation instanceof Operation.SyncFolder sync) {
                sync(durable, names, sync);
            } else if (operation instanceof Operation.Said line) {
                said.add(line.line());
            }
            if (moments.contains(i)) {
                List<String> before = List.copyOf(said);
                String where = " after operation " + i + " of " + operations.size();
                visit(visitor, "dropped" + where, before, new DiskImage(durable));
                visit(visitor, "kept" + where, before, all(durable, names, data));
                for (int j = 0; j < TORN_STATES; j++) {
                    visit(visitor, "torn" + where, before, torn(durable, names, data, random));
                }
                visited += STATES;
            }
        }
        return visited;
    }

    private static void visit(Visitor visitor, String name, List<String> said, DiskImage image) {
        CrashState state = new CrashState(name, said, image);
        try {
            visitor.visit(state);
        } catch (Exception e) {
            throw new AssertionError(state.toString(), e);
        }
    }

    private TreeSet<Integer> moments(int count, Random random) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            if (!(operations.get(i) instanceof Operation.Said)) {
                all.add(i);
            }
        }
        Collections.shuffle(all, random);
        // The end is where everything was promised.
        TreeSet<Integer> moments = new TreeSet<>(all.subList(0, Math.min(count, all.size())));
        moments.add(operations.size() - 1);
        return moments;
    }

    private static void sync(
            DiskImage durable,
            List<Pending<Names>> names,
            List<Pending<Data>> data,
            Operation.Sync sync) {
        for (Iterator<Pending<Data>> all = data.iterator(); all.hasNext(); ) {
            Pending<Data> one = all.next();
            if (one.change().file() == sync.file() && one.number() < sync.before()) {
                durable.apply(one.change());
                all.remove();
            }
        }
        int last = -1;
        for (Pending<Names> one : names) {
            if (one.number() < sync.before()
                    && one.change() instanceof Operation.Name name
                    && name.file() == sync.file()) {
                last = one.number();
            }
        }
        settle(durable, names, last);
    }

    private static void sync(
            DiskImage durable, List<Pending<Names>> names, Operation.SyncFolder sync) {
        int last = -1;
        for (Pending<Names> one : names) {
            if (one.number() < sync.before() && isIn(sync.folder(), one.change())) {
                last = one.number();
            }
        }
        settle(durable, names, last);
    }

    private static void settle(DiskImage durable, List<Pending<Names>> names, int last) {
        while (!names.isEmpty() && names.get(0).number() <= last) {
            durable.apply(names.remove(0).change());
        }
    }

    private static boolean isIn(Path folder, Names change) {
        if (change instanceof Operation.Rename rename) {
            return isIn(folder, rename.from()) || isIn(folder, rename.to());
        } else if (change instanceof Operation.Name name) {
            return isIn(folder, name.path());
        } else if (change instanceof Operation.Unname gone) {
            return isIn(folder, gone.path());
        } else if (change instanceof Operation.MakeFolder made) {
            return isIn(folder, made.folder());
        } else if (change instanceof Operation.RemoveFolder removed) {
            return isIn(folder, removed.folder());
        }
        return false;
    }

    private static boolean isIn(Path folder, Path path) {
        Path parent = path.getParent();
        return (parent == null ? Path.of("") : parent).equals(folder);
    }

    private static DiskImage all(
            DiskImage durable, List<Pending<Names>> names, List<Pending<Data>> data) {
        DiskImage image = new DiskImage(durable);
        names.forEach(one -> image.apply(one.change()));
        data.forEach(one -> image.apply(one.change()));
        return image;
    }

    private static DiskImage torn(
            DiskImage durable,
            List<Pending<Names>> names,
            List<Pending<Data>> data,
            Random random) {
        DiskImage image = new DiskImage(durable);
        int arrived = random.nextInt(names.size() + 1);
        names.subList(0, arrived).forEach(one -> image.apply(one.change()));
        for (Pending<Data> one : data) {
            double chance = random.nextDouble();
            if (chance < KEPT) {
                image.apply(one.change());
            } else if (chance < TORN && one.change() instanceof Operation.Write write) {
                tear(image, write, random);
            }
        }
        return image;
    }

    /**
     * A sector is written as a whole or not at all; a file may get longer before it has contents.
     */
    private static void tear(DiskImage image, Operation.Write write, Random random) {
        int length = write.bytes().length;
        int first = SECTOR - (int) (write.offset() % SECTOR);
        int sectors = length <= first ? 0 : 1 + (length - first - 1) / SECTOR;
        int whole = random.nextInt(sectors + 1);
        if (whole > 0) {
            image.applyTorn(write, first + (whole - 1) * SECTOR);
        } else {
            image.lengthen(write);
        }
    }
}
