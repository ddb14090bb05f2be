package io.visionops.updater.internal.generation;

import io.visionops.support.Sha256;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which generation runs: the contents of {@code releases/state}, which the watchdog reads before
 * each start and writes while nothing runs. Lines of {@code key=value}, the last of which is the
 * SHA-256 of those before it; the watchdog has a reader of its own.
 *
 * @param base the program as it was unpacked, which generations build on: version and folder
 * @param active number of the generation that is started; 0 for {@code base}
 * @param candidate number of the one that is to take its place; {@link #NONE} for none
 * @param level 1 when the candidate was swapped in while the program runs, 2 when it is started
 * @param tries how often the candidate was started, at level 2
 * @param failed number of the candidate that was gone back from; {@link #NONE} when the updater has
 *     taken note
 * @param reason why it was
 */
public record GenerationState(
        String base,
        long active,
        long candidate,
        Phase phase,
        int level,
        int tries,
        long failed,
        String reason) {

    public static final long NONE = -1;

    private static final String SUM = "sha256=";

    public GenerationState {
        reason = reason.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    public static GenerationState of(String base) {
        return new GenerationState(base, 0, NONE, Phase.SETTLED, 0, 0, NONE, "");
    }

    /**
     * With a candidate that runs from now on, or from the next start on.
     *
     * @param from number of the program that runs and is gone back to, which is not the active one
     *     where that was not complete and the watchdog has started another
     */
    public GenerationState trying(long from, long number, int by) {
        return new GenerationState(base, from, number, Phase.TRYING, by, 0, NONE, "");
    }

    /** With the candidate as the one that is started. */
    public GenerationState committed() {
        return new GenerationState(base, candidate, NONE, Phase.SETTLED, 0, 0, NONE, "");
    }

    /** With the candidate gone again. */
    public GenerationState backedOut() {
        return new GenerationState(base, active, NONE, Phase.SETTLED, 0, 0, NONE, "");
    }

    /** With a restart that goes back. */
    public GenerationState goingBack(String why) {
        return new GenerationState(
                base, active, candidate, Phase.GOING_BACK, level, tries, failed, why);
    }

    /** With what the watchdog had to say taken note of. */
    public GenerationState noted() {
        return new GenerationState(base, active, candidate, phase, level, tries, NONE, "");
    }

    /**
     * Reads it.
     *
     * @return empty when it is damaged
     * @throws NoSuchFileException when there is none
     * @throws IOException when it cannot be read
     */
    public static Optional<GenerationState> read(Path file) throws IOException {
        // What is not UTF-8 is damaged too, which the sum says.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int end = text.lastIndexOf(SUM);
        if (end < 0 || !sum(text.substring(0, end)).equals(text.substring(end).strip())) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        text.substring(0, end)
                .lines()
                .filter(line -> line.contains("="))
                .forEach(
                        line ->
                                values.put(
                                        line.substring(0, line.indexOf('=')),
                                        line.substring(line.indexOf('=') + 1)));
        try {
            return Optional.of(
                    new GenerationState(
                            values.getOrDefault("base", ""),
                            Long.parseLong(values.getOrDefault("active", "")),
                            Long.parseLong(values.getOrDefault("candidate", "")),
                            Phase.of(values.getOrDefault("phase", "")),
                            Integer.parseInt(values.getOrDefault("level", "")),
                            Integer.parseInt(values.getOrDefault("tries", "")),
                            Long.parseLong(values.getOrDefault("failed", "")),
                            values.getOrDefault("reason", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Writes it; it is on the disk when this returns. */
    public void write(Path file) throws IOException {
        String lines =
                "base="
                        + base
                        + "\nactive="
                        + active
                        + "\ncandidate="
                        + candidate
                        + "\nphase="
                        + phase.word()
                        + "\nlevel="
                        + level
                        + "\ntries="
                        + tries
                        + "\nfailed="
                        + failed
                        + "\nreason="
                        + reason
                        + "\n";
        WholeFile.write(file, (lines + sum(lines) + "\n").getBytes(StandardCharsets.UTF_8), true);
    }

    private static String sum(String lines) {
        return SUM + Sha256.hex(lines.getBytes(StandardCharsets.UTF_8));
    }
}
