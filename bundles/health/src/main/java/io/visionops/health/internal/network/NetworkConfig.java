package io.visionops.health.internal.network;

/** What an admin may set, in the file of the health checks. */
public @interface NetworkConfig {

    /** Hosts outside that are in use: {@code HOST:PORT}, with commas between them. */
    String network_probe() default "";
}
