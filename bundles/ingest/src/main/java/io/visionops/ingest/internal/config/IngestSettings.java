package io.visionops.ingest.internal.config;

/**
 * What holds for all cameras together.
 *
 * @param memory bytes that a decoder may have until another takes its place
 * @param growth bytes an hour by which it may grow
 * @param atOnce decoders that are started at once after a quiet time
 * @param perSecond decoders that are started after those
 */
public record IngestSettings(long memory, long growth, int atOnce, int perSecond) {

    /** One of 1080p has about 45 MB, one of 4K 120 MB. */
    public static final String MEMORY = "500MB";

    public static final String GROWTH = "50MB";

    /** Starting a decoder takes about a tenth of a second of a core. */
    public static final String AT_ONCE = "8";

    public static final String PER_SECOND = "5";

    private static final long MEGABYTE = 1_000_000;

    /**
     * @throws Refused naming the key, the value and what is allowed
     */
    public static IngestSettings read(String memory, String growth, String atOnce, String perSecond)
            throws InvalidSetting {
        return new IngestSettings(
                Sizes.parse("decoder.memory.limit", memory, 100 * MEGABYTE, 64_000 * MEGABYTE),
                Sizes.parse("decoder.memory.growth", growth, MEGABYTE, 10_000 * MEGABYTE),
                number("starts.at.once", atOnce, 1_000),
                number("starts.per.second", perSecond, 100));
    }

    /** What holds while nothing is said. */
    public static IngestSettings defaults() {
        try {
            return read(MEMORY, GROWTH, AT_ONCE, PER_SECOND);
        } catch (InvalidSetting e) {
            throw new IllegalStateException(e);
        }
    }

    private static int number(String key, String text, int most) throws InvalidSetting {
        String plain = text.strip();
        if (!plain.matches("\\d{1,9}")
                || Integer.parseInt(plain) < 1
                || Integer.parseInt(plain) > most) {
            throw InvalidSetting.value(key, text, "must be a whole number 1.." + most);
        }
        return Integer.parseInt(plain);
    }
}
