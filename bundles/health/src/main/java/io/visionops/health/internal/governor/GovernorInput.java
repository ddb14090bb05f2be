package io.visionops.health.internal.governor;

/** Of what the machine may be short. */
enum GovernorInput {
    TEMPERATURE("temperature", "degrees"),
    MEMORY("memory", "percent"),
    CPU("cpu", "percent"),
    /** Frames that the analysis was too late for. */
    QUEUE("queue", "percent");

    private final String key;
    private final String unit;

    GovernorInput(String key, String unit) {
        this.key = key;
        this.unit = unit;
    }

    /** As in the configuration and in meters. */
    String key() {
        return key;
    }

    String unit() {
        return unit;
    }
}
