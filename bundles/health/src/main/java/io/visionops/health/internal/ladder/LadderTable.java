package io.visionops.health.internal.ladder;

import io.visionops.health.internal.trend.TrendComponent;
import java.util.List;

/** The ladders. What waiting cures, such as a camera that is away, is retried by its owner. */
final class LadderTable {

    private static final String PART = "health.restart-part";
    private static final String RESTART = "health.restart-program";

    /** Nothing is watched meanwhile: where it has not helped, it is not the day's pastime. */
    private static final int RESTARTS_A_DAY = 4;

    private static final Rung PROGRAM = new Rung(RESTART, "program/visionops", 1, RESTARTS_A_DAY);

    private static final Rung REOPEN = new Rung("store.reopen", "part/store", 4);
    private static final Rung STORE = new Rung(PART, "part/store", 2);

    private static final Rung RESTORE = new Rung("backup.restore-database", "part/store", 1);

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
                    // Another program cannot open it either; a backup in its place can be opened.
                    LadderRule.of("visionops.store.open", REOPEN, STORE, RESTORE),
                    // What is damaged was made anew already, and rows were lost by that.
                    LadderRule.of("visionops.store.integrity", RESTORE),
                    LadderRule.of("visionops.store.write", REOPEN, STORE, PROGRAM),
                    LadderRule.of("visionops.store.progress", REOPEN, STORE, PROGRAM),
                    // What grows first, and all of it when that has not helped, or nobody knows
                    // what to make anew.
                    LadderRule.of(
                                    TrendComponent.GROWTH_CHECK,
                                    new Rung("ingest.replace-decoder", Rung.GROWING, 6),
                                    new Rung("inference.replace-detector", Rung.GROWING, 2),
                                    new Rung(PART, Rung.GROWING, 2),
                                    new Rung(RESTART, Rung.GROWING, 1, RESTARTS_A_DAY))
                            .observing(TrendComponent.OBSERVATION),
                    // Short of memory, what grows is the first to be made anew; where nothing does,
                    // the governor asks for less, and a person is needed.
                    LadderRule.of(
                            "visionops.health.memory",
                            new Rung("ingest.replace-decoder", Rung.GROWING, 6),
                            new Rung("inference.replace-detector", Rung.GROWING, 2),
                            new Rung(PART, Rung.GROWING, 2)),
                    LadderRule.of(
                            "visionops.console.pages", new Rung(PART, "part/console", 2), PROGRAM),
                    // Whoever has taken all of them does not give them back.
                    LadderRule.of("visionops.health.descriptors", PROGRAM),
                    LadderRule.of("visionops.health.direct-memory", PROGRAM),
                    LadderRule.of("visionops.health.threads", PROGRAM),
                    LadderRule.of("visionops.*.bundle", new Rung(PART, "part/$1", 2)));

    private LadderTable() {}
}
