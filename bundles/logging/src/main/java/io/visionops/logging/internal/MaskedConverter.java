package io.visionops.logging.internal;

import io.visionops.support.log.SecretMask;
import java.util.List;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.core.pattern.ConverterKeys;
import org.apache.logging.log4j.core.pattern.LogEventPatternConverter;
import org.apache.logging.log4j.core.pattern.PatternConverter;
import org.apache.logging.log4j.core.pattern.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * {@code %masked{PATTERN}}: what the pattern yields, with what looks like a secret masked; whoever
 * wrote it, a library too, and in messages of exceptions as well. Thread-safe.
 */
@Plugin(name = "masked", category = PatternConverter.CATEGORY)
@ConverterKeys("masked")
public final class MaskedConverter extends LogEventPatternConverter {

    private final List<PatternFormatter> formatters;

    private MaskedConverter(List<PatternFormatter> formatters) {
        super("masked", "masked");
        this.formatters = formatters;
    }

    /**
     * Called by Log4j.
     *
     * @param options the pattern alone
     * @return null when there is none: Log4j then says what is wrong
     */
    public static @Nullable MaskedConverter newInstance(Configuration config, String[] options) {
        if (options.length != 1) {
            LOGGER.error("%masked needs one pattern, as in %masked{%m}");
            return null;
        }
        return new MaskedConverter(
                List.copyOf(PatternLayout.createPatternParser(config).parse(options[0])));
    }

    @Override
    public void format(LogEvent event, StringBuilder line) {
        StringBuilder part = new StringBuilder(256);
        for (PatternFormatter formatter : formatters) {
            formatter.format(event, part);
        }
        line.append(SecretMask.mask(part.toString()));
    }

    /** So that the layout does not add an exception that is there already. */
    @Override
    public boolean handlesThrowable() {
        return formatters.stream().anyMatch(PatternFormatter::handlesThrowable);
    }
}
