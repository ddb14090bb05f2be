package io.visionops.security.internal.audit.chain;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * With which key a log goes on, and what is wrong with it as far as its end tells; the verifier
 * tells more.
 *
 * @param damage each in one line
 */
record LogOpening(String log, EpochKey key, List<String> damage) {

    static LogOpening of(
            LogFolder folder, KeyFolder keys, LogTail tail, Hashes hashes, SecureRandom random)
            throws IOException {
        List<String> damage = new ArrayList<>();
        Optional<EpochKey> kept = keys.epoch();
        String log = tail.last().map(Line::log).orElseGet(() -> Line.identity(random));
        if (tail.last().isEmpty()) {
            if (kept.isPresent() && !isFirst(folder, keys, kept.get())) {
                damage.add(
                        "the log was gone and is begun anew; keys were there, of epoch "
                                + kept.get().epoch());
            }
        } else {
            Head.read(folder.head())
                    .filter(head -> head.seq() > tail.lastSeq())
                    .ifPresent(
                            head ->
                                    damage.add(
                                            "lines "
                                                    + (tail.lastSeq() + 1)
                                                    + " to "
                                                    + head.seq()
                                                    + " were missing at the end"));
        }
        return new LogOpening(log, key(keys, kept, tail, hashes, random, damage), damage);
    }

    /**
     * A power cut in the first start leaves keys and no line yet. Lines of the first epoch that
     * somebody has removed together with their head look like that too; he has the first key beside
     * them, and could have written them anew.
     */
    private static boolean isFirst(LogFolder folder, KeyFolder keys, EpochKey kept)
            throws IOException {
        return kept.epoch() == 0
                && keys.initial()
                        .filter(first -> Arrays.equals(first.bytes(), kept.bytes()))
                        .isPresent()
                && Head.read(folder.head()).isEmpty();
    }

    private static EpochKey key(
            KeyFolder keys,
            Optional<EpochKey> kept,
            LogTail tail,
            Hashes hashes,
            SecureRandom random,
            List<String> damage)
            throws IOException {
        long open = tail.epoch();
        if (kept.isEmpty()) {
            EpochKey first = EpochKey.first(random);
            if (tail.last().isPresent()) {
                damage.add("the key of epoch " + open + " was gone: tags are made with a new one");
            }
            keys.putInitial(first);
            EpochKey made = first.at(open, hashes);
            keys.put(made);
            return made;
        }
        EpochKey key = kept.get();
        if (tail.last().isEmpty() || key.epoch() == open) {
            return key;
        }
        if (key.epoch() > open) {
            damage.add("epochs " + open + " to " + (key.epoch() - 1) + " were missing at the end");
            return key;
        }
        // A crash between a seal and its key leaves a key of the epoch that is sealed.
        if (key.epoch() + 1 < open) {
            damage.add("the key was of epoch " + key.epoch() + ", and the log in epoch " + open);
        }
        EpochKey next = key.at(open, hashes);
        keys.put(next);
        return next;
    }
}
