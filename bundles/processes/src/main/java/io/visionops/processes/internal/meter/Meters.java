package io.visionops.processes.internal.meter;

/** Which {@link Meter} a machine has. */
public final class Meters {

    private Meters() {}

    /** The cheapest one that this machine allows. */
    public static Meter ofThisMachine() {
        return LinuxMeter.isUsable() ? new LinuxMeter() : new OshiMeter();
    }
}
