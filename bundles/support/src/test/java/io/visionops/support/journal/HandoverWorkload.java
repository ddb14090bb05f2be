package io.visionops.support.journal;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Fact;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A program that leaves what the journal has not acknowledged, and a document for the next start,
 * again and again, each of them of one round, and says when they are on the disk.
 */
final class HandoverWorkload {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ROUNDS = 60;

    private HandoverWorkload() {}

    static JournalFile journal(Path folder) {
        return new JournalFile(folder.resolve("ingest"));
    }

    static Path document(Path folder) {
        return folder.resolve("handover.json");
    }

    static String text(int round) {
        return round + " " + "x".repeat(100 * (round % 40)) + " " + round;
    }

    static int entries(int round) {
        return 1 + 7 * (round % 5);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (int round = 1; round <= ROUNDS; round++) {
            if (round % 10 == 0) {
                journal(folder).write(List.of());
            }
            List<Unwritten> left = new ArrayList<>();
            for (int i = 0; i < entries(round); i++) {
                left.add(
                        new Unwritten(
                                String.valueOf(round),
                                Entry.of(new UUID(round, i), new Fact.Expected("front", T, true))));
            }
            journal(folder).write(left);
            say("journal " + round);
            WholeFile.write(document(folder), text(round).getBytes(StandardCharsets.UTF_8), true);
            say("document " + round);
        }
    }

    private static void say(String what) {
        System.out.println(what);
    }
}
