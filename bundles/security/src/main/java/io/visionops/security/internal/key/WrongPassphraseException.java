package io.visionops.security.internal.key;

import io.visionops.api.secret.SecretException;

/** A passphrase that does not open what it was tried on. */
public final class WrongPassphraseException extends SecretException {

    private static final long serialVersionUID = 1L;

    public WrongPassphraseException() {
        super("the passphrase is wrong");
    }
}
