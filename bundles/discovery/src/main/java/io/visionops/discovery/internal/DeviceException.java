package io.visionops.discovery.internal;

/** A device that does not do what was asked; the message is one line that follows "the device". */
class DeviceException extends Exception {

    private static final long serialVersionUID = 1L;

    DeviceException(String message) {
        super(message);
    }

    DeviceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The line for a person. */
    String line() {
        return String.valueOf(getMessage());
    }

    /** It wants a login, or another one: no further try, since devices lock out who guesses. */
    static final class Refused extends DeviceException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** It does not know what was asked, and may know the older way to ask. */
    static final class Unsupported extends DeviceException {

        private static final long serialVersionUID = 1L;

        Unsupported(String message) {
            super(message);
        }
    }
}
