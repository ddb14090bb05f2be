package io.visionops.shell.internal;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.subject.Actor;
import io.visionops.shell.internal.json.SavedRow;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Asks all parts that are there now to save what they know. */
public final class Checkpointing {

    /** Beyond the deadline that a part has set itself. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final BundleContext bundles;

    public Checkpointing(BundleContext bundles) {
        this.bundles = bundles;
    }

    /** What one part is asked for. */
    private record Question(
            CheckpointAction action, FutureTask<List<SavedRow>> answer, long beginNanos) {}

    /** Asks all of them side by side; ordered by part, then by owner. */
    public List<SavedRow> ask(String reason, Actor by) {
        List<ServiceReference<CheckpointAction>> references = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        try {
            for (ServiceReference<CheckpointAction> one :
                    bundles.getServiceReferences(CheckpointAction.class, null)) {
                CheckpointAction action = bundles.getService(one);
                if (action != null) {
                    references.add(one);
                    questions.add(question(action, reason, by));
                }
            }
            List<SavedRow> rows = new ArrayList<>();
            questions.forEach(question -> rows.addAll(answer(question)));
            rows.sort(Comparator.comparing(SavedRow::part).thenComparing(SavedRow::owner));
            return rows;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } finally {
            references.forEach(bundles::ungetService);
        }
    }

    private static Question question(CheckpointAction action, String reason, Actor by) {
        FutureTask<List<SavedRow>> answer = new FutureTask<>(() -> rows(action, reason, by));
        DaemonThreads.create("visionops-shell-checkpoint-" + action.name(), answer).start();
        return new Question(action, answer, System.nanoTime());
    }

    private static List<SavedRow> rows(CheckpointAction action, String reason, Actor by) {
        long begin = System.nanoTime();
        CheckpointResult result = action.checkpoint(reason, by);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        List<SavedRow> rows = new ArrayList<>();
        for (String owner : result.committed()) {
            rows.add(new SavedRow(action.name(), owner, true, "saved", took));
        }
        result.failed()
                .forEach(
                        (owner, why) ->
                                rows.add(new SavedRow(action.name(), owner, false, why, took)));
        return rows;
    }

    /** Also of a part that does not keep its word, and throws or hangs. */
    private static List<SavedRow> answer(Question question) {
        CheckpointAction action = question.action();
        Duration limit = action.deadline().plus(GRACE);
        long left = limit.toNanos() - (System.nanoTime() - question.beginNanos());
        try {
            return question.answer().get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            return failed(action, String.valueOf(e.getCause()), 0);
        } catch (TimeoutException e) {
            question.answer().cancel(true);
            return failed(action, "no answer within " + limit.toSeconds() + " s", limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", e);
        }
    }

    private static List<SavedRow> failed(CheckpointAction action, String why, long took) {
        return List.of(new SavedRow(action.name(), action.name(), false, why, took));
    }
}
