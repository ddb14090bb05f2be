package io.visionops.inference.internal.detector;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.detect.Detector;
import io.visionops.inference.internal.head.CocoLabels;
import io.visionops.inference.internal.motion.MotionDetector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why the analysis of one camera does not find what it is set to find, and what to do about it: the
 * detector is not there or fails, or it does not know what is to be counted.
 *
 * <p>Motion and models stand in for each other, so {@code objects} may name what either finds: with
 * a model at work {@code moving} is passed over, and with motion the names of things are, as long
 * as {@code moving} is among them.
 */
public final class AnalysisDiagnosis {

    /** Labels of a detector that are named. */
    private static final int SHOWN = 4;

    private final DetectionSettings analysis;
    private final DetectorRegistry bench;

    public AnalysisDiagnosis(DetectionSettings analysis, DetectorRegistry bench) {
        this.analysis = analysis;
        this.bench = bench;
    }

    /**
     * @param level at MOTION_ONLY no model is used
     * @param seated the detector at work
     * @param failure what a detector that should be at work fails with, and what stands in
     */
    public Optional<Fault> of(
            ServiceLevel level, Optional<Detector> seated, Optional<String> failure) {
        return switch (level.kind()) {
            case FULL, REDUCED, KEYFRAMES -> of(seated, failure);
            case MOTION_ONLY -> ofMotionAlone(seated, failure);
            case PAUSED -> Optional.empty();
        };
    }

    private Optional<Fault> ofMotionAlone(Optional<Detector> seated, Optional<String> failure) {
        if (seated.isEmpty()) {
            return Optional.of(new Fault(Cause.DETECTOR, failure.orElseGet(this::noMotion)));
        }
        if (analysis.objects().contains(MotionDetector.LABEL)) {
            return Optional.empty();
        }
        String names = String.join(", ", new TreeSet<>(analysis.objects()));
        return Optional.of(
                new Fault(
                        Cause.OBJECTS,
                        "objects = "
                                + names
                                + ": not counted while its level is motion; camera-level tells who"
                                + " asked for that"));
    }

    private Optional<Fault> of(Optional<Detector> seated, Optional<String> failure) {
        if (seated.isEmpty()) {
            return Optional.of(new Fault(Cause.DETECTOR, failure.orElseGet(this::absent)));
        }
        if (failure.isPresent()) {
            return Optional.of(new Fault(Cause.DETECTOR, failure.get()));
        }
        return objects(seated.get()).map(words -> new Fault(Cause.OBJECTS, words));
    }

    private String absent() {
        String name = bench.wanted(analysis);
        if (name.equals(DetectorRegistry.AUTO)) {
            return noMotion();
        }
        String where =
                analysis.detector().equals(name)
                        ? ""
                        : " (of all cameras: io.visionops.inference.cfg or --detector)";
        return "detector = " + name + where + ": " + why(name);
    }

    private String noMotion() {
        return absence(MotionDetector.NAME).orElse("there is none: see log/visionops.log for why");
    }

    private String why(String name) {
        Optional<String> meant =
                bench.names().stream()
                        .filter(one -> one.equalsIgnoreCase(name) && !one.equals(name))
                        .findFirst();
        return meant.map(right -> "write it as " + right)
                .or(() -> absence(name))
                .orElseGet(this::unknown);
    }

    private Optional<String> absence(String name) {
        return bench.supply().flatMap(supply -> supply.absence(name));
    }

    private String unknown() {
        List<String> names = bench.names();
        return "no detector has that name; write auto"
                + (names.isEmpty() ? "" : " or " + String.join(", ", names))
                + ", or install a model with model-install";
    }

    private Optional<String> objects(Detector detector) {
        Set<String> labels = detector.labels();
        if (labels.containsAll(analysis.objects())) {
            return Optional.empty();
        }
        Set<String> lost = new TreeSet<>(analysis.objects());
        lost.removeAll(labels);
        boolean any = lost.size() < analysis.objects().size();
        if (any) {
            lost.removeIf(label -> labels.contains(MotionDetector.LABEL) && isKnown(label));
            lost.remove(MotionDetector.LABEL);
        }
        return lost.isEmpty() ? Optional.empty() : Optional.of(words(detector, lost));
    }

    private boolean isKnown(String label) {
        return CocoLabels.NAMES.contains(label) || bench.finds(label);
    }

    private String words(Detector detector, Set<String> lost) {
        String names = String.join(", ", lost);
        String found = "detector " + detector.name() + " finds " + shown(detector.labels());
        boolean model = lost.stream().anyMatch(label -> !label.equals(MotionDetector.LABEL));
        String remedy =
                detector.labels().contains(MotionDetector.LABEL)
                        ? "write objects = moving"
                                + (model ? ", or install a model with model-install" : "")
                        : "write what it finds"
                                + (model ? "" : ", or detector = " + MotionDetector.NAME);
        return "objects = " + names + ": " + found + "; " + remedy;
    }

    private static String shown(Set<String> labels) {
        // In the order of the data set: what is counted most comes first there.
        List<String> first =
                labels.stream()
                        .sorted(Comparator.comparingInt(AnalysisDiagnosis::place))
                        .limit(SHOWN)
                        .toList();
        int more = labels.size() - first.size();
        return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }

    private static int place(String label) {
        int place = CocoLabels.NAMES.indexOf(label);
        return place < 0 ? CocoLabels.NAMES.size() : place;
    }
}
