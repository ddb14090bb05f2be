package io.visionops.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Text as a hostile camera would write it, and what may become of who reads it. */
public final class HostileText {

    /**
     * A thousandth of it is usual; the rest is for a machine that does other things. What grows
     * with the square of the text takes longer.
     */
    private static final Duration LIMIT = Duration.ofMillis(700);

    private static final int MOST_REPEATS = 4000;

    private HostileText() {}

    /**
     * Texts made of a few pieces, each repeated, cut and joined; and proper ones in which something
     * was replaced.
     *
     * @param length at most
     */
    public static Arbitrary<String> of(int length, List<String> pieces, List<String> proper) {
        Arbitrary<Long> seeds = Arbitraries.longs();
        return seeds.map(
                seed -> {
                    Random random = new Random(seed);
                    String text =
                            random.nextInt(4) == 0
                                    ? mutated(random, pieces, proper)
                                    : repeated(random, pieces, proper, length);
                    return text.substring(0, Math.min(length, text.length()));
                });
    }

    private static String repeated(
            Random random, List<String> pieces, List<String> proper, int length) {
        StringBuilder text = new StringBuilder();
        if (random.nextBoolean()) {
            String begin = any(random, proper);
            text.append(begin, 0, random.nextInt(begin.length() + 1));
        }
        for (int i = random.nextInt(4); i >= 0 && text.length() < length; i--) {
            int times = random.nextBoolean() ? 1 : 1 + random.nextInt(MOST_REPEATS);
            StringBuilder unit = new StringBuilder(any(random, pieces));
            for (int j = random.nextInt(3); j > 0; j--) {
                unit.append(any(random, pieces));
            }
            text.append(unit.toString().repeat(times));
        }
        return text.toString();
    }

    private static String mutated(Random random, List<String> pieces, List<String> proper) {
        StringBuilder text = new StringBuilder(any(random, proper));
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(4));
            text.replace(at, end, random.nextBoolean() ? any(random, pieces) : odd(random));
        }
        return text.toString();
    }

    private static String any(Random random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String odd(Random random) {
        return Character.toString(random.nextInt(5) == 0 ? 0x1f600 : random.nextInt(0x100));
    }

    /**
     * @param known what it may throw, besides nothing
     */
    public static void read(ThrowingCallable reading, Class<? extends Throwable> known) {
        long began = System.nanoTime();
        Throwable thrown = ThrowableAssert.catchThrowable(reading);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(known);
        }
        assertThat(took).isLessThan(LIMIT);
    }

    /** That may throw nothing at all. */
    public static void read(ThrowingCallable reading) {
        read(reading, Nothing.class);
    }

    private static final class Nothing extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
