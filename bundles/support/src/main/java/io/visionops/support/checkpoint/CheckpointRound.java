package io.visionops.support.checkpoint;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.subject.Actor;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has several parts save what they know, side by side. */
public final class CheckpointRound {

    /** Beyond the deadline that a part has set itself. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private CheckpointRound() {}

    /**
     * What one part has saved.
     *
     * @param took until it said so
     */
    public record Saved(String part, CheckpointResult result, Duration took) {}

    /** What one part is asked for. */
    private record Question(CheckpointAction action, FutureTask<Saved> answer, long beginNanos) {}

    /**
     * Waits for each as long as it says itself, and a second. One that does not keep its word, and
     * throws or hangs, has failed and holds up no other.
     *
     * @param most for each of them, whatever it says
     * @return in the order of the actions
     */
    public static List<Saved> ask(
            List<CheckpointAction> actions, Duration most, String reason, Actor by)
            throws InterruptedException {
        List<Question> questions =
                actions.stream().map(action -> question(action, reason, by)).toList();
        List<Saved> saved = new ArrayList<>();
        for (Question question : questions) {
            saved.add(answer(question, most));
        }
        return saved;
    }

    private static Question question(CheckpointAction action, String reason, Actor by) {
        FutureTask<Saved> answer = new FutureTask<>(() -> saved(action, reason, by));
        DaemonThreads.create("visionops-checkpoint-of-" + action.name(), answer).start();
        return new Question(action, answer, System.nanoTime());
    }

    private static Saved saved(CheckpointAction action, String reason, Actor by) {
        long begin = System.nanoTime();
        CheckpointResult result = action.checkpoint(reason, by);
        return new Saved(action.name(), result, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static Saved answer(Question question, Duration most) throws InterruptedException {
        String part = question.action().name();
        Duration own = question.action().deadline().plus(GRACE);
        Duration limit = own.compareTo(most) < 0 ? own : most;
        long left = limit.toNanos() - (System.nanoTime() - question.beginNanos());
        try {
            return question.answer().get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            return failed(part, String.valueOf(e.getCause()), Duration.ZERO);
        } catch (TimeoutException e) {
            question.answer().cancel(true);
            return failed(part, "no answer within " + limit.toSeconds() + " s", limit);
        }
    }

    private static Saved failed(String part, String why, Duration took) {
        return new Saved(part, CheckpointResult.failed(part, why), took);
    }
}
