package io.visionops.health.internal.trend;

import io.visionops.api.subject.Subject;
import io.visionops.health.internal.machine.MemoryKind;
import java.util.Optional;
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

    /** The camera whose decoder it is; empty for others. */
    Optional<String> camera() {
        Matcher decoder = DECODER.matcher(child);
        return decoder.matches() ? Optional.of(decoder.group(1)) : Optional.empty();
    }

    /** For a person, at the beginning of a sentence or within one. */
    String words() {
        return switch (kind) {
            case HEAP -> "the heap of the Java process";
            case DIRECT -> "direct memory of the Java process (frames)";
            case METASPACE -> "metaspace of the Java process (classes)";
            case NATIVE -> "native memory of the Java process (detectors)";
            case CHILD ->
                    camera().map(name -> "ffmpeg of camera " + name).orElse("the child " + child);
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
            case CHILD -> camera().map(Subject::camera).filter(subject::equals).isPresent();
            case NATIVE ->
                    subject.kind().equals("detector") || subject.equals(Subject.part("inference"));
            case DIRECT -> subject.equals(Subject.part("ingest"));
            case HEAP, METASPACE -> false;
        };
    }
}
