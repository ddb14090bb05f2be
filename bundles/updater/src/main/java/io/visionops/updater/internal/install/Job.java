package io.visionops.updater.internal.install;

import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdatePlan;
import io.visionops.updater.internal.generation.GenerationState;
import io.visionops.updater.internal.generation.ProgramFolder;
import java.time.Instant;

/**
 * One update.
 *
 * @param from program that runs, and is gone back to
 * @param release whether the target is a release that is tried; a release that is gone back to has
 *     proven itself before
 */
public record Job(
        ProgramFolder from, UpdatePlan plan, boolean release, Actor actor, Instant started) {

    /** What is written down before anything moves: the program that runs is gone back to. */
    GenerationState trial(GenerationState now) {
        return now.trying(plan.from(), plan.to(), plan.level());
    }
}
