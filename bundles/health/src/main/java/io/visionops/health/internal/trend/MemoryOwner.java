package io.visionops.health.internal.trend;

import io.visionops.api.subject.Subject;
import io.visionops.health.internal.machine.MemoryKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who has memory.
 *
 * @param child its name; empty for the Java process itself
 */
record MemoryOwner(MemoryKind kind, String child) {

    /** A decoder, and the one that takes its place. */
    private static final Pattern DECODER = Pattern.compile("camera-([a-zA-Z0-9_-]+)(?:\\.b)?");

    static MemoryOwner own(MemoryKind kind) {
        return new MemoryOwner(kind, "");
    }

    static MemoryOwner child(String name) {
        return new MemoryOwner(MemoryKind.CHILD, name);
    }

    /** For a person, at the beginning of a sentence or within one. */
    String words() {
        return switch (kind) {
            case HEAP -> "the heap of the Java process";
            case DIRECT -> "direct memory of the Java process (frames)";
            case METASPACE -> "metaspace of the Java process (classes)";
            case NATIVE -> "native memory of the Java process (detectors)";
            case CHILD -> {
                Matcher decoder = DECODER.matcher(child);
                yield decoder.matches()
                        ? "ffmpeg of camera " + decoder.group(1)
                        : "the child " + child;
            }
        };
    }

    /**
     * Whether a repair of this subject gives the memory back. Of heap and classes nobody knows
     * which part holds them; a start of the program gives all back.
     */
    boolean isRecycledBy(Subject subject) {
        if (subject.kind().equals("program")) {
            return true;
        }
        return switch (kind) {
            case CHILD -> {
                Matcher decoder = DECODER.matcher(child);
                yield decoder.matches() && subject.equals(Subject.camera(decoder.group(1)));
            }
            case NATIVE ->
                    subject.kind().equals("detector") || subject.equals(Subject.part("inference"));
            case DIRECT -> subject.equals(Subject.part("ingest"));
            case HEAP, METASPACE -> false;
        };
    }
}
