package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.camera.ConnectionTest.Result;
import io.visionops.api.camera.ConnectionTest.Stage;
import io.visionops.api.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of the stages of one address so far. Used by one thread. */
final class Stages {

    private final Ticker ticker;
    private final List<StageName> names;
    private final List<Stage> told = new ArrayList<>();
    private long began;

    Stages(List<StageName> names, Ticker ticker) {
        this.names = names;
        this.ticker = ticker;
        this.began = ticker.nanos();
    }

    void passed(StageName name, String found) {
        passed(name, found, "");
    }

    /**
     * @param advice what could be better all the same
     */
    void passed(StageName name, String found, String advice) {
        told.add(new Stage(name.key(), Result.PASSED, lap(), found, Optional.empty(), advice));
    }

    void failed(StageFailed how) {
        told.add(
                new Stage(
                        how.stage().key(),
                        Result.FAILED,
                        lap(),
                        how.found(),
                        how.why(),
                        how.advice()));
    }

    /** Since the stage before was over. */
    private Duration lap() {
        long now = ticker.nanos();
        Duration lap = Duration.ofNanos(now - began);
        began = now;
        return lap;
    }

    /** All, those that were not tried included. */
    List<Stage> list() {
        List<Stage> all = new ArrayList<>(told);
        for (StageName name : names.subList(told.size(), names.size())) {
            all.add(
                    new Stage(
                            name.key(), Result.NOT_TRIED, Duration.ZERO, "", Optional.empty(), ""));
        }
        return all;
    }
}
