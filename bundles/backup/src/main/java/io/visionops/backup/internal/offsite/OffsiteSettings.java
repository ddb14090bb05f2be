package io.visionops.backup.internal.offsite;

import io.visionops.support.NumberText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where copies go to.
 *
 * @param folder on the server; absolute
 * @param hostKey fingerprint of its key; empty while nobody has said which is right
 * @param passwordSecret name of the secret that is the password
 * @param keyFile private key to log in with
 * @param keep newest copies that stay there
 */
record OffsiteSettings(
        String host,
        int port,
        String user,
        String folder,
        String hostKey,
        Optional<String> passwordSecret,
        Optional<Path> keyFile,
        int keep) {

    private static final int SFTP = 22;
    private static final String FORM = "sftp://USER@HOST:PORT/FOLDER";

    /**
     * Empty when no copies are to be made.
     *
     * @param data what a relative key file is relative to
     * @throws IllegalArgumentException with one line for the admin
     */
    static Optional<OffsiteSettings> read(OffsiteConfig config, Path data) {
        String url = config.url().strip();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            // Its own words would show a password.
            throw new IllegalArgumentException("url is refused: must be " + FORM);
        }
        String user = address.getUserInfo();
        if (!"sftp".equals(address.getScheme())
                || address.getHost() == null
                || user == null
                || user.isEmpty()
                || address.getQuery() != null
                || address.getFragment() != null
                || address.getPath().length() < 2) {
            throw new IllegalArgumentException("url is refused: must be " + FORM);
        }
        if (user.contains(":")) {
            throw new IllegalArgumentException(
                    "url is refused: a password does not belong there; password.secret names it");
        }
        String hostKey = config.host_key().strip();
        if (!hostKey.isEmpty() && !hostKey.matches("SHA256:[A-Za-z0-9+/]{43}=?")) {
            throw new IllegalArgumentException(
                    "host.key is refused: must be a fingerprint, SHA256: and 43 characters");
        }
        Optional<String> secret = text(config.password_secret());
        Optional<Path> keyFile = keyFile(config.key_file(), data);
        if (secret.isPresent() == keyFile.isPresent()) {
            throw new IllegalArgumentException(
                    "one of password.secret and key.file is needed, and not both");
        }
        return Optional.of(
                new OffsiteSettings(
                        address.getHost(),
                        address.getPort() < 0 ? SFTP : address.getPort(),
                        user,
                        address.getPath(),
                        hostKey,
                        secret,
                        keyFile,
                        NumberText.read("keep", config.keep(), 1, 1000)));
    }

    private static Optional<String> text(String value) {
        return Optional.of(value.strip()).filter(one -> !one.isEmpty());
    }

    private static Optional<Path> keyFile(String value, Path data) {
        try {
            return text(value).map(one -> data.resolve(one).normalize());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("key.file is refused: " + e.getReason(), e);
        }
    }

    /** For people. */
    String server() {
        return user + "@" + host + ":" + port + folder;
    }
}
