package io.visionops.discovery.internal;

import java.util.Optional;

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

    /** It wants to be asked elsewhere. */
    static final class Moved extends DeviceException {

        private static final long serialVersionUID = 1L;

        private final transient Optional<ServiceUrl> place;

        Moved(String message, Optional<ServiceUrl> place) {
            super(message);
            this.place = place;
        }

        /** Where, if that is an address. */
        Optional<ServiceUrl> place() {
            return place;
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
