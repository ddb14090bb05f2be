package io.visionops.launcher.folder;

import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import io.visionops.launcher.platform.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes an admin with a random password where nobody may log in yet, and the groups that stand for
 * roles. What it writes is on the disk before Karaf starts: a power cut must leave neither users
 * whose password nobody has, nor an empty file of them.
 */
public final class FirstAdmin {

    private static final Map<String, String> GROUPS =
            new TreeMap<>(
                    Map.of(
                            "admingroup", "admin,manager,viewer,systembundles,ssh",
                            "operatorgroup", "operator,viewer,ssh",
                            "viewergroup", "viewer,ssh"));

    private FirstAdmin() {}

    /** The password of the admin that was made; empty where there are users. */
    public static Optional<String> make(DataFolder data) {
        Path users = data.etc().resolve("users.properties");
        try {
            if (Files.exists(users) && Files.size(users) > 0) {
                addGroups(users);
                return Optional.empty();
            }
            String password = random();
            Folders.writeSynced(data.etc().resolve("admin-password"), password + "\n");
            Folders.writeSynced(
                    users,
                    "# Who may log in.\nadmin = {CRYPT}"
                            + digest(password)
                            + "{CRYPT},_g_:admingroup\n");
            addGroups(users);
            return Optional.of(password);
        } catch (IOException e) {
            throw new Failure(
                    "the users cannot be written to " + data.etc() + ": " + DataFolder.reason(e));
        }
    }

    /** The groups that a user's line may name; what somebody made of them is kept. */
    private static void addGroups(Path users) throws IOException {
        String text = Files.readString(users);
        StringBuilder missing = new StringBuilder();
        GROUPS.forEach(
                (group, roles) -> {
                    if (!text.matches("(?s).*(^|\\R) *_g_\\\\?:" + group + " *=.*")) {
                        missing.append("_g_\\:" + group + " = group," + roles + "\n");
                    }
                });
        if (missing.length() > 0) {
            // An editor may have left no end of line.
            Folders.writeSynced(users, text + (text.endsWith("\n") ? "" : "\n") + missing);
        }
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String digest(String password) {
        return Sha256.hex(password.getBytes(StandardCharsets.UTF_8));
    }
}
