package io.visionops.health.internal.ladder;

import java.util.List;

/** The ladders. What waiting cures, such as a camera that is away, is retried by its owner. */
final class LadderTable {

    private static final String PART = "health.restart-part";

    private static final Rung PROGRAM = new Rung("health.restart-program", "program/visionops", 1);

    private static final Rung REOPEN = new Rung("store.reopen", "part/store", 4);
    private static final Rung STORE = new Rung(PART, "part/store", 2);

    static final List<LadderRule> RULES =
            List.of(
                    LadderRule.of(
                            "visionops.ingest.frames",
                            new Rung("ingest.reconnect", Rung.NAMED, 6),
                            new Rung(PART, "part/ingest", 2),
                            PROGRAM),
                    LadderRule.of(
                            "visionops.inference.progress",
                            new Rung("inference.replace-detector", Rung.ALL, 4),
                            new Rung(PART, "part/inference", 2),
                            PROGRAM),
                    // Another program cannot open it either: then a person is needed.
                    LadderRule.of("visionops.store.open", REOPEN, STORE),
                    LadderRule.of("visionops.store.write", REOPEN, STORE, PROGRAM),
                    LadderRule.of("visionops.store.progress", REOPEN, STORE, PROGRAM),
                    LadderRule.of("visionops.*.bundle", new Rung(PART, "part/$1", 2)));

    private LadderTable() {}
}
