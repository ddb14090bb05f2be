package io.visionops.security.internal.audit.chain;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signed leave to remove the oldest lines: what is needed to go on verifying without them.
 *
 * @param size lines that go, from the first
 * @param prev leaf hash of the last of them
 * @param epoch of the first line that stays
 * @param subtrees of the Merkle tree of the lines that go
 * @param signature of {@link #claim()} by the device
 */
public record PruneOrder(
        String log, long size, String prev, long epoch, List<byte[]> subtrees, String signature) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final int WORDS = 7;

    public String claim() {
        return "visionops-audit-prune-1 "
                + log
                + " "
                + size
                + " "
                + prev
                + " "
                + epoch
                + " "
                + subtrees.stream().map(Line::hex).collect(Collectors.joining(","));
    }

    PruneOrder signed(DeviceKey key) {
        return new PruneOrder(log, size, prev, epoch, subtrees, key.sign(claim()));
    }

    String text() {
        return claim() + " " + signature;
    }

    public static Optional<PruneOrder> parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != WORDS
                || !words[0].equals("visionops-audit-prune-1")
                || !NUMBER.matcher(words[2]).matches()
                || !NUMBER.matcher(words[4]).matches()) {
            return Optional.empty();
        }
        try {
            List<byte[]> subtrees = new ArrayList<>();
            for (String one : words[5].split(",")) {
                subtrees.add(HexFormat.of().parseHex(one));
            }
            return Optional.of(
                    new PruneOrder(
                            words[1],
                            Long.parseLong(words[2]),
                            words[3],
                            Long.parseLong(words[4]),
                            List.copyOf(subtrees),
                            words[6]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
