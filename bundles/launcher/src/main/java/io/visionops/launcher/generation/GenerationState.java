package io.visionops.launcher.generation;

import io.visionops.launcher.platform.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Which generation runs, as the part updater writes it: see its class of this name, of which this
 * is the watchdog's own reader.
 *
 * @param base the program as it was unpacked, which generations build on: version and folder
 * @param active number of the generation that is started; 0 for {@code base}
 * @param candidate number of the one that is to take its place; {@link #NONE} for none
 * @param phase {@code settled}, {@code trying}, {@code going-back}
 * @param level 1 when the candidate was swapped in while the program runs, 2 when it is started
 * @param tries how often the candidate was started, at level 2
 * @param failed number of the candidate that was gone back from
 * @param reason why it was
 */
record GenerationState(
        String base,
        long active,
        long candidate,
        String phase,
        int level,
        int tries,
        long failed,
        String reason) {

    static final long NONE = -1;

    static final String SETTLED = "settled";
    static final String TRYING = "trying";
    static final String GOING_BACK = "going-back";

    private static final String SUM = "sha256=";

    GenerationState {
        reason = reason.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    static GenerationState of(String base) {
        return new GenerationState(base, 0, NONE, SETTLED, 0, 0, NONE, "");
    }

    GenerationState triedOnceMore() {
        return new GenerationState(
                base, active, candidate, phase, level, tries + 1, failed, reason);
    }

    GenerationState goingBack(String why) {
        return new GenerationState(base, active, candidate, GOING_BACK, level, tries, failed, why);
    }

    /** On the active generation again; the updater takes note of the one that failed. */
    GenerationState back() {
        return new GenerationState(base, active, NONE, SETTLED, 0, 0, candidate, reason);
    }

    /**
     * Reads it.
     *
     * @throws IOException when it cannot be read, or is damaged
     */
    static GenerationState read(Path file) throws IOException {
        String text = Files.readString(file);
        int end = text.lastIndexOf(SUM);
        if (end < 0 || !sum(text.substring(0, end)).equals(text.substring(end).strip())) {
            throw new IOException(file + " is damaged");
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
            return new GenerationState(
                    values.getOrDefault("base", ""),
                    Long.parseLong(values.getOrDefault("active", "")),
                    Long.parseLong(values.getOrDefault("candidate", "")),
                    values.getOrDefault("phase", ""),
                    Integer.parseInt(values.getOrDefault("level", "")),
                    Integer.parseInt(values.getOrDefault("tries", "")),
                    Long.parseLong(values.getOrDefault("failed", "")),
                    values.getOrDefault("reason", ""));
        } catch (NumberFormatException e) {
            throw new IOException(file + " cannot be understood", e);
        }
    }

    /** As it is written, with its checksum. */
    byte[] bytes() {
        String lines =
                "base="
                        + base
                        + "\nactive="
                        + active
                        + "\ncandidate="
                        + candidate
                        + "\nphase="
                        + phase
                        + "\nlevel="
                        + level
                        + "\ntries="
                        + tries
                        + "\nfailed="
                        + failed
                        + "\nreason="
                        + reason
                        + "\n";
        return (lines + sum(lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String sum(String lines) {
        return SUM + Sha256.hex(lines.getBytes(StandardCharsets.UTF_8));
    }
}
