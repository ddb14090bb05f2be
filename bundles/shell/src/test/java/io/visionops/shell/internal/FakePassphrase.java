package io.visionops.shell.internal;

import io.visionops.api.secret.MasterKeyPassphrase;
import io.visionops.api.secret.SecretException;
import io.visionops.api.subject.Actor;

/** Keeps it in memory. */
final class FakePassphrase implements MasterKeyPassphrase {

    /** The present one; empty for none. */
    String passphrase = "";

    boolean unlocked;

    @Override
    public void setPassphrase(String passphrase, Actor by) {
        this.passphrase = passphrase;
    }

    @Override
    public void removePassphrase(String passphrase, Actor by) throws SecretException {
        check(passphrase);
        this.passphrase = "";
    }

    @Override
    public void unlock(String passphrase, Actor by) throws SecretException {
        check(passphrase);
        unlocked = true;
    }

    private void check(String typed) throws SecretException {
        if (!typed.equals(passphrase)) {
            throw new SecretException("the passphrase is wrong");
        }
    }
}
