package io.visionops.discovery.internal;

import io.visionops.api.discovery.Device.Stream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which stream is to be analysed: decoding costs by the pixel, and what is wider than the analysis
 * is decoded only to be thrown away, ten times as much for a main stream as for a sub-stream.
 */
final class StreamChoice {

    /** Enlarging by a third loses little; a tiny sub-stream would lose the people in it. */
    private static final double ENOUGH = 0.75;

    private StreamChoice() {}

    /** The streams, the best marked. */
    static List<Stream> mark(List<Stream> streams, int width) {
        Optional<Stream> best = best(streams, width);
        return streams.stream()
                .map(one -> best.isPresent() && best.get() == one ? recommended(one) : one)
                .toList();
    }

    private static Optional<Stream> best(List<Stream> streams, int width) {
        // Wide enough, then cheapest; among those too narrow the widest.
        Comparator<Stream> order =
                Comparator.comparing((Stream one) -> one.width() < ENOUGH * width)
                        .thenComparing(
                                one -> one.width() < ENOUGH * width ? -pixels(one) : pixels(one))
                        .thenComparing(StreamChoice::costlyCodec)
                        .thenComparing(Stream::fps);
        Optional<Stream> told = streams.stream().filter(one -> one.width() > 0).min(order);
        // One that does not tell its size is better than none.
        return told.isPresent() ? told : streams.stream().findFirst();
    }

    private static long pixels(Stream stream) {
        return (long) stream.width() * stream.height();
    }

    private static boolean costlyCodec(Stream stream) {
        return !stream.codec().toUpperCase(Locale.ROOT).equals("H264");
    }

    private static Stream recommended(Stream one) {
        return new Stream(
                one.profile(), one.codec(), one.width(), one.height(), one.fps(), one.url(), true);
    }
}
