package io.visionops.inference.internal.count;

/** One object in, or not in, one zone. */
final class ZonePresence {

    private boolean inside;
    private double seconds;
    private boolean loitering;

    boolean inside() {
        return inside;
    }

    double seconds() {
        return seconds;
    }

    /**
     * Goes on to the next place.
     *
     * @param band how far outside it has left; whoever sways on the edge stays in
     * @return true when it has entered or left
     */
    boolean go(Area area, double x, double y, double band) {
        boolean now = area.contains(x, y) || inside && area.edge(x, y) <= band;
        if (now == inside) {
            return false;
        }
        inside = now;
        seconds = 0;
        loitering = false;
        return true;
    }

    /** It is not seen any more. */
    void leave() {
        inside = false;
    }

    void pass(double elapsed) {
        if (inside) {
            seconds += elapsed;
        }
    }

    /** True once a stay, when it has lasted for so long. */
    boolean startsLoitering(double limit) {
        if (!inside || loitering || seconds < limit) {
            return false;
        }
        loitering = true;
        return true;
    }

    boolean loitering() {
        return loitering;
    }

    void restore(double elapsed, boolean wasLoitering) {
        inside = true;
        seconds = elapsed;
        loitering = wasLoitering;
    }
}
