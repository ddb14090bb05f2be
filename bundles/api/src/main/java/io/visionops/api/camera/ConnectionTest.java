package io.visionops.api.camera;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a connection test found at each address, the first one first. */
public record ConnectionTest(List<AddressResult> trials) {

    /** What became of a stage. */
    public enum Result {
        PASSED,
        FAILED,
        NOT_TRIED;

        /** As a key, such as {@code not-tried}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One stage.
     *
     * @param name {@code address}, {@code name}, {@code tcp}, {@code tls}, {@code rtsp} or {@code
     *     http}, {@code login}, {@code stream}, {@code codec}, {@code frame}, {@code rate}
     * @param found what was found, for a person
     * @param cause why it failed; empty when it did not, or when too few pictures come
     * @param advice what to do, one sentence; may come with a stage that passed, empty otherwise
     */
    public record Stage(
            String name,
            Result result,
            Duration took,
            String found,
            Optional<Cause> cause,
            String advice) {}

    /**
     * One address.
     *
     * @param stages all of its kind of address, in order; at most one failed, and those after it
     *     were not tried
     */
    public record AddressResult(String maskedUrl, List<Stage> stages) {

        public AddressResult {
            stages = List.copyOf(stages);
        }

        public Optional<Stage> failed() {
            return stages.stream().filter(stage -> stage.result() == Result.FAILED).findFirst();
        }
    }

    public ConnectionTest {
        trials = List.copyOf(trials);
    }

    /** Whether every address is in order. */
    public boolean passed() {
        return trials.stream().allMatch(trial -> trial.failed().isEmpty());
    }
}
