package io.visionops.shell.internal.command;

import io.visionops.api.camera.Cameras;
import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretStore;
import io.visionops.api.subject.Actor;
import io.visionops.shell.internal.CommandException;
import java.util.Set;
import java.util.regex.Pattern;

/** The secret that is made with a camera and removed with it. */
final class CameraSecret {

    /** What may be a camera's name; of another one the camera is refused, with its reason. */
    private static final Pattern CAMERA = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final Cameras cameras;
    private final SecretStore secrets;
    private final String camera;
    private final String name;
    private boolean added;

    CameraSecret(Cameras cameras, SecretStore secrets, String camera) {
        this.cameras = cameras;
        this.secrets = secrets;
        this.camera = camera;
        this.name = of(camera);
    }

    static String of(String camera) {
        return "camera-" + camera;
    }

    /**
     * Nothing for a camera that cannot be added.
     *
     * @throws CommandException when there is such a secret already
     */
    void add(String value, Actor by) throws SecretException {
        boolean exists =
                cameras.list().stream().anyMatch(one -> one.settings().name().equals(camera));
        if (exists || !CAMERA.matcher(camera).matches()) {
            return;
        }
        if (secrets.list().stream().anyMatch(one -> one.name().equals(name))) {
            throw new CommandException(
                    "there is a secret "
                            + name
                            + " already: remove it with secret-remove, or name it in the address:"
                            + " ://USER:$[secret:"
                            + name
                            + "]@");
        }
        secrets.set(name, value, by);
        added = true;
    }

    /** The camera was not added. */
    void takeBack(Exception reason, Actor by) {
        if (added) {
            try {
                removeUnused(by);
            } catch (SecretException e) {
                reason.addSuppressed(e);
            }
        }
    }

    /** Unless another camera names it. */
    void removeUnused(Actor by) throws SecretException {
        boolean used = cameras.secretsUsed().values().stream().anyMatch(this::contains);
        boolean there = secrets.list().stream().anyMatch(one -> one.name().equals(name));
        if (there && !used) {
            secrets.remove(name, by);
        }
    }

    private boolean contains(Set<String> names) {
        return names.contains(name);
    }
}
