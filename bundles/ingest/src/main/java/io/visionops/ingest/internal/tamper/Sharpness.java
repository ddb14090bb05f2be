package io.visionops.ingest.internal.tamper;

/**
 * How steep the edges of a picture are, whatever their contrast: at each strong edge or line the
 * step over two pixels is compared with the step over eight. Fog and darkness lower both alike, a
 * lens out of focus only the first. What noise adds to both is measured where there is no edge and
 * taken off. Compared with what the camera's pictures are at other times. Used by one thread.
 */
final class Sharpness {

    /** Pixels either side of a point. */
    private static final int NEAR = 1;

    private static final int FAR = 4;

    /** An edge is a step of so many grey levels at least, and more than noise makes. */
    private static final int EDGE = 14;

    private static final double OVER_NOISE = 5;

    /** Of all points; with fewer edges there is nothing to judge. */
    private static final double LEAST_EDGES = 0.004;

    /** Of a look in the running value. */
    private static final double RECENT = 0.2;

    private double noise;
    private double now = Double.NaN;

    /** Looks; the result is {@link #now}. False when there are too few edges. */
    boolean look(Luma luma) {
        int least = (int) Math.max(EDGE, OVER_NOISE * Math.sqrt(noise));
        byte[] rows = luma.rows();
        int width = luma.width();
        long edges = 0;
        long flats = 0;
        long nearEnergy = 0;
        long farEnergy = 0;
        long flatEnergy = 0;
        for (int row = 0; row < luma.rowCount(); row++) {
            int end = row * width + width - FAR;
            for (int i = row * width + FAR; i < end; i++) {
                int far = (rows[i + FAR] & 0xff) - (rows[i - FAR] & 0xff);
                int near = (rows[i + NEAR] & 0xff) - (rows[i - NEAR] & 0xff);
                if (far >= least || far <= -least || near >= least || near <= -least) {
                    edges++;
                    nearEnergy += near * near;
                    farEnergy += far * far;
                } else if (far < EDGE / 2 && far > -EDGE / 2) {
                    flats++;
                    flatEnergy += near * near;
                }
            }
        }
        noise = flats == 0 ? 0 : (double) flatEnergy / flats;
        if (edges < LEAST_EDGES * rows.length) {
            return false;
        }
        double steep =
                Math.max(0, nearEnergy - edges * noise) / Math.max(1, farEnergy - edges * noise);
        now = Double.isNaN(now) ? steep : now + RECENT * (steep - now);
        return true;
    }

    /** Steepness over the last looks, 0..1; NaN before the first that could be judged. */
    double now() {
        return now;
    }

    /** Whether what there is of noise could hide no edge worth the name. */
    boolean isQuiet() {
        return OVER_NOISE * Math.sqrt(noise) <= EDGE;
    }

    void forget() {
        noise = 0;
        now = Double.NaN;
    }
}
