package io.visionops.inference.internal.count;

import io.visionops.api.geometry.Zone;
import java.util.Map;
import java.util.TreeMap;

/** One zone and how many are in it. */
final class ZoneWatch {

    private final Zone zone;
    private final Area area;
    private final Map<String, Integer> objects = new TreeMap<>();
    private int total;
    private boolean overcrowded;

    ZoneWatch(Zone zone, double aspect) {
        this.zone = zone;
        this.area = new Area(zone.area(), aspect);
    }

    Zone zone() {
        return zone;
    }

    Area area() {
        return area;
    }

    /** By label; labels that were there once stay, with 0. */
    Map<String, Integer> objects() {
        return objects;
    }

    int total() {
        return total;
    }

    void add(String label, int more) {
        total += more;
        objects.merge(label, more, Integer::sum);
    }

    /** True when the zone has just become overcrowded; armed again when it is not any more. */
    boolean becomesOvercrowded() {
        boolean now = zone.maxOccupancy().isPresent() && total > zone.maxOccupancy().getAsInt();
        boolean becomes = now && !overcrowded;
        overcrowded = now;
        return becomes;
    }

    boolean overcrowded() {
        return overcrowded;
    }

    void restoreOvercrowded() {
        overcrowded = true;
    }
}
