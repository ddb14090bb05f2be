package io.visionops.security.internal.audit.verify;

import io.visionops.security.internal.audit.chain.AuditLog;
import io.visionops.security.internal.audit.chain.EpochKey;
import io.visionops.security.internal.audit.chain.Hashes;
import io.visionops.security.internal.audit.chain.Line;
import io.visionops.security.internal.audit.verify.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** What attackers do to a log. */
enum Attack {
    EDIT_ONE_BYTE {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            List<byte[]> lines = log.lines();
            int at = random.nextInt(lines.size());
            byte[] line = lines.get(at);
            int where = random.nextInt(line.length);
            line[where] ^= (byte) (1 + random.nextInt(127));
            log.put(lines);
            return Done.at(at + 1, at + 1, Evident.ALWAYS);
        }
    },
    EDIT_AND_CHAIN_ANEW {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            List<Line> lines = new ArrayList<>(log.parsed());
            int at = random.nextInt(lines.size());
            lines.set(at, changed(lines.get(at)));
            chain(log, lines, at, Optional.empty());
            return Done.at(at + 1, at + 1, Evident.WITH_KEY);
        }
    },
    DELETE_ONE {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            return delete(log, random.nextInt(log.lines().size() - 1), 1);
        }
    },
    DELETE_SOME_IN_THE_MIDDLE {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            int size = log.lines().size();
            int from = random.nextInt(size - 3);
            return delete(log, from, 2 + random.nextInt(size - from - 2));
        }
    },
    DELETE_THE_LAST {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            int size = log.lines().size();
            return delete(log, size - 1 - random.nextInt(size - 1), size);
        }
    },
    TRUNCATE_AND_CONTINUE {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            int size = log.lines().size();
            int from = size - 1 - random.nextInt(size - 1);
            delete(log, from, size);
            AuditLog again = log.open();
            log.write(again, 12, random);
            again.close();
            return Done.at(from + 1, from + 3, Evident.ALWAYS);
        }
    },
    TRUNCATE_AT_THE_END_OF_AN_EPOCH {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            List<Line> lines = log.parsed();
            List<Line> seals = seals(lines);
            Line seal = seals.get(random.nextInt(seals.size() - 1));
            delete(log, (int) seal.seq(), lines.size());
            log.putHead(seal);
            return Done.at(seal.seq() + 1, seal.seq() + 1, Evident.ALWAYS);
        }
    },
    REORDER {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            List<byte[]> lines = log.lines();
            int a = random.nextInt(lines.size() - 1);
            int b = a + 1 + random.nextInt(lines.size() - a - 1);
            Collections.swap(lines, a, b);
            log.put(lines);
            return Done.of(a + 1, b + 1, Evident.ALWAYS, Kind.REORDERED, Kind.EPOCHS_SWAPPED);
        }
    },
    REPEAT {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            List<byte[]> lines = log.lines();
            int from = random.nextInt(lines.size());
            int to = from + 1 + random.nextInt(lines.size() - from);
            int where = to + random.nextInt(lines.size() - to + 1);
            lines.addAll(where, List.copyOf(lines.subList(from, to)));
            log.put(lines);
            return Done.of(from + 1, where + 1, Evident.ALWAYS, Kind.REPEATED);
        }
    },
    SPLICE_FROM_ANOTHER_DEVICE {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            SampleLog other = new SampleLog(log.root.resolve("other")).fill(random);
            List<byte[]> foreign = other.lines();
            List<byte[]> lines = log.lines();
            int at = 1 + random.nextInt(Math.min(lines.size(), foreign.size()) - 1);
            if (random.nextBoolean()) {
                lines.set(at, foreign.get(at));
            } else {
                lines.add(at, foreign.get(at));
            }
            log.put(lines);
            return Done.of(at + 1, at + 1, Evident.ALWAYS, Kind.FOREIGN);
        }
    },
    SWAP_TWO_EPOCHS {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            List<byte[]> lines = log.lines();
            List<Line> seals = seals(log.parsed());
            int a = random.nextInt(seals.size() - 2);
            int b = a + 1 + random.nextInt(seals.size() - a - 2);
            int startA = a == 0 ? 0 : (int) seals.get(a - 1).seq();
            int endA = (int) seals.get(a).seq();
            int startB = (int) seals.get(b - 1).seq();
            int endB = (int) seals.get(b).seq();
            List<byte[]> swapped = new ArrayList<>(lines.subList(0, startA));
            swapped.addAll(lines.subList(startB, endB));
            swapped.addAll(lines.subList(endA, startB));
            swapped.addAll(lines.subList(startA, endA));
            swapped.addAll(lines.subList(endB, lines.size()));
            log.put(swapped);
            return Done.of(startA + 1, endB, Evident.ALWAYS, Kind.EPOCHS_SWAPPED);
        }
    },
    RESEAL_WITH_A_LATER_KEY {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            List<Line> lines = new ArrayList<>(log.parsed());
            EpochKey now = log.keys().epoch().orElseThrow();
            List<Line> sealed = lines.stream().filter(one -> one.epoch() < now.epoch()).toList();
            int at = (int) sealed.get(random.nextInt(sealed.size())).seq() - 1;
            lines.set(at, changed(lines.get(at)));
            chain(log, lines, at, Optional.of(now));
            return Done.of(at + 1, at + 1, Evident.WITH_KEY, Kind.RESEALED);
        }
    },
    ROLL_BACK_THE_FOLDER {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            long before = log.lines().size();
            SampleLog yesterday = new SampleLog(log, log.root.resolve("yesterday"));
            AuditLog today = log.open();
            log.write(today, 10, random);
            log.copies.add(new Evidence.Copy(today.checkpoint(), "the database"));
            today.close();
            emptied(log.root.resolve("audit"));
            emptied(log.root.resolve("keys"));
            SampleLog.copyTree(yesterday.root.resolve("audit"), log.root.resolve("audit"));
            SampleLog.copyTree(yesterday.root.resolve("keys"), log.root.resolve("keys"));
            if (random.nextBoolean()) {
                AuditLog on = log.open();
                log.write(on, random.nextInt(40), random);
                on.close();
                log.copies.removeIf(one -> one.checkpoint().size() > before + 1_000);
            }
            return Done.of(
                    before, before + 1_000, Evident.WITH_COPIES, Kind.ROLLED_BACK, Kind.REWRITTEN);
        }
    },
    WIPE_AND_START_ANEW {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            emptied(log.root.resolve("audit"));
            boolean keysToo = random.nextBoolean();
            if (keysToo) {
                emptied(log.root.resolve("keys"));
            }
            AuditLog again = log.open();
            log.write(again, random.nextInt(60), random);
            again.close();
            return Done.of(1, 1, Evident.WITH_COPIES, Kind.STARTED_ANEW);
        }
    },
    GAP_IN_THE_NUMBERS {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            List<Line> lines = new ArrayList<>(log.parsed());
            int at = 1 + random.nextInt(lines.size() - 1);
            int by = 1 + random.nextInt(5);
            for (int i = at; i < lines.size(); i++) {
                lines.set(i, numbered(lines.get(i), lines.get(i).seq() + by));
            }
            chain(log, lines, at, Optional.empty());
            return Done.of(at + 1, at + 1, Evident.ALWAYS, Kind.GAP, Kind.EDITED);
        }
    },
    TWO_WRITERS {
        @Override
        Done on(SampleLog log, Random random) throws IOException {
            int before = log.lines().size();
            SampleLog second = new SampleLog(log, log.root.resolve("second"));
            for (SampleLog one : List.of(log, second)) {
                AuditLog writer = one.open();
                one.write(writer, 5 + random.nextInt(10), random);
                writer.abandon();
            }
            List<byte[]> mine = log.lines();
            List<byte[]> others = second.lines().subList(before, second.lines().size());
            int at = before;
            for (byte[] line : others) {
                at += random.nextInt(mine.size() - at + 1);
                mine.add(at++, line);
            }
            log.put(mine);
            return Done.of(before + 1, mine.size(), Evident.ALWAYS, Kind.TWO_WRITERS);
        }
    };

    /** With which knowledge it has to be found. */
    enum Evident {
        ALWAYS,
        WITH_KEY,
        WITH_COPIES
    }

    /**
     * What was done.
     *
     * @param from line where it begins, and where a finding may be
     * @param kinds as which it may be named; any where there is none
     */
    record Done(long from, long to, Evident evident, Set<Kind> kinds) {

        static Done at(long from, long to, Evident evident) {
            return new Done(from, to, evident, Set.of());
        }

        static Done of(long from, long to, Evident evident, Kind first, Kind... others) {
            return new Done(from, to, evident, EnumSet.of(first, others));
        }
    }

    abstract Done on(SampleLog log, Random random) throws IOException;

    private static Done delete(SampleLog log, int from, int count) throws IOException {
        List<byte[]> lines = log.lines();
        int to = Math.min(lines.size(), from + count);
        lines.subList(from, to).clear();
        log.put(lines);
        return to == from + count && !lines.isEmpty() && from < lines.size()
                ? Done.of(
                        from + 1,
                        from + 1,
                        Evident.ALWAYS,
                        Kind.DELETED,
                        Kind.STARTED_ANEW,
                        Kind.BEGINNING)
                : Done.of(from + 1, from + 1, Evident.ALWAYS, Kind.TRUNCATED);
    }

    private static List<Line> seals(List<Line> lines) {
        return lines.stream().filter(one -> one.kind() == Line.Kind.SEAL).toList();
    }

    private static Line changed(Line line) {
        return new Line(
                line.seq(),
                line.epoch(),
                line.kind(),
                line.log(),
                line.boot(),
                line.nanos(),
                line.time(),
                "user/eve",
                line.action(),
                line.object(),
                line.outcome(),
                line.detail(),
                line.prev(),
                line.tag());
    }

    private static Line numbered(Line line, long seq) {
        return new Line(
                seq,
                line.epoch(),
                line.kind(),
                line.log(),
                line.boot(),
                line.nanos(),
                line.time(),
                line.actor(),
                line.action(),
                line.object(),
                line.outcome(),
                line.detail(),
                line.prev(),
                line.tag());
    }

    /** Makes every line from there on name the one before, as anybody can. */
    private static void chain(SampleLog log, List<Line> lines, int from, Optional<EpochKey> key)
            throws IOException {
        Hashes hashes = new Hashes();
        for (int i = from; i < lines.size(); i++) {
            Line line = lines.get(i);
            String prev = i == 0 ? Line.NOTHING : Line.hex(hashes.leaf(lines.get(i - 1).bytes()));
            Line next =
                    new Line(
                            line.seq(),
                            line.epoch(),
                            line.kind(),
                            line.log(),
                            line.boot(),
                            line.nanos(),
                            line.time(),
                            line.actor(),
                            line.action(),
                            line.object(),
                            line.outcome(),
                            line.detail(),
                            prev,
                            line.tag());
            lines.set(i, key.map(one -> next.tagged(one.tag(next.body()))).orElse(next));
        }
        log.put(lines.stream().map(Line::bytes).toList());
        log.putHead(lines.get(lines.size() - 1));
    }

    private static void emptied(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
