package io.visionops.api.camera;

/** A request about cameras that cannot be met; the message is one line for the person who asked. */
public class CameraException extends Exception {

    private static final long serialVersionUID = 1L;

    public CameraException(String message) {
        super(message);
    }

    public CameraException(String message, Throwable cause) {
        super(message, cause);
    }
}
