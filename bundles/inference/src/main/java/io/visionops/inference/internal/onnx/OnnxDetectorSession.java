package io.visionops.inference.internal.onnx;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.api.geometry.Box;
import io.visionops.inference.internal.head.Candidates;
import io.visionops.inference.internal.image.FramePicture;
import io.visionops.inference.internal.image.PicturePart;
import io.visionops.inference.internal.image.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A model at work for one camera: its masks, its tiles, its memory. What the camera does not count
 * is left out: nobody would look at it, and there is plenty.
 */
final class OnnxDetectorSession implements DetectorSession {

    /** Down to here a detection may still help to follow what was found before. */
    static final float LEAST_SCORE = 0.1f;

    /** Of two boxes from different tiles the smaller is the same object, cut, above this share. */
    private static final double MOST_CONTAINED = 0.7;

    private final OnnxModel model;
    private final FramePicture picture;
    private final Turn turn;
    private final Set<String> wanted;
    private final int tiles;
    private final Candidates candidates = new Candidates();
    private final List<PicturePart> parts = new ArrayList<>();

    OnnxDetectorSession(OnnxModel model, DetectionSettings analysis, int tiles) {
        this.model = model;
        this.turn = model.turn();
        this.wanted = analysis.objects();
        this.picture = new FramePicture(analysis.masks());
        this.tiles = tiles;
    }

    @Override
    public List<Detection> detect(Frame frame) throws DetectorException {
        if (picture.load(frame)) {
            cut();
        }
        candidates.clear();
        model.ask(parts, LEAST_SCORE, candidates, turn);
        double contained = model.form().contained();
        candidates.suppress(
                model.form().overlap(),
                tiles > 1 ? Math.min(MOST_CONTAINED, contained) : contained);
        List<String> labels = model.labels();
        List<Detection> detections = new ArrayList<>();
        for (int i = 0; i < candidates.count(); i++) {
            String label = labels.get(candidates.label(i));
            if (candidates.stays(i) && wanted.contains(label)) {
                detections.add(
                        new Detection(
                                label,
                                candidates.score(i),
                                new Box(
                                        candidates.x1(i),
                                        candidates.y1(i),
                                        candidates.x2(i),
                                        candidates.y2(i))));
            }
        }
        return detections;
    }

    private void cut() {
        parts.forEach(PicturePart::close);
        parts.clear();
        // As square as it goes: two tiles beside each other, four in a square, six in three by two.
        int rows = (int) Math.sqrt(tiles);
        while (tiles % rows != 0) {
            rows--;
        }
        int columns = tiles / rows;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                parts.add(PicturePart.tile(picture, column, columns, row, rows));
            }
        }
    }

    /** Its memory stays with the call that hangs, and its turn is another's. */
    @Override
    public void abandon() {
        turn.giveBack();
    }

    @Override
    public void close() {
        parts.forEach(PicturePart::close);
        picture.close();
    }
}
