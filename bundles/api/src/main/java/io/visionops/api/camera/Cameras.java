package io.visionops.api.camera;

import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All cameras, and the way to change them. Changes are written to {@code
 * etc/io.visionops.camera-NAME.cfg} and are in force when the call returns; who asked for it is
 * kept as a record of kind {@code audit}. Thread-safe.
 */
@ProviderType
public interface Cameras {

    /** Every configured camera, ordered by name. */
    List<Camera> list();

    /** Configuration files that are refused, and why; ordered by file. */
    List<ConfigurationError> refusals();

    /**
     * What is in force and can hardly be meant, such as a counting line that nobody can cross;
     * ordered by file.
     */
    default List<ConfigurationError> warnings() {
        return List.of();
    }

    /** Causes for the loss of several cameras, which go on; oldest first. */
    List<Incident> incidents();

    /**
     * Adds a camera.
     *
     * @param settings keys and values as in the configuration file; {@code url} is required
     * @throws CameraException when the name is taken, a value is wrong or the file cannot be
     *     written
     */
    void add(String name, Map<String, String> settings, Actor by) throws CameraException;

    /**
     * @throws CameraException when there is no such camera or its file cannot be removed
     */
    void remove(String name, Actor by) throws CameraException;

    /**
     * @throws CameraException when there is no such camera or its file cannot be written
     */
    void enable(String name, boolean enabled, Actor by) throws CameraException;

    /**
     * Connects to a camera on trial, to each of its addresses in turn, stage by stage up to the
     * first that fails.
     *
     * @param nameOrUrl a configured camera or an address
     * @param limit how long the test of one address may take
     * @throws CameraException when the name is not configured or the address is not one
     */
    ConnectionTest test(String nameOrUrl, Duration limit) throws CameraException;

    /** By camera, the names of the secrets that its configuration stands for; not empty ones. */
    default Map<String, Set<String>> secretsUsed() {
        return Map.of();
    }
}
