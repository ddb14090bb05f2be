package io.visionops.backup.internal.diagnostics;

import io.visionops.support.SecretKeys;
import io.visionops.support.UrlSecrets;
import io.visionops.support.log.SecretMask;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of this installation, so that they can be taken out of a text however they have come
 * into it: as they are, and as addresses, Base64 or hexadecimal digits have them. Thread-safe.
 */
final class KnownSecrets {

    private static final Logger LOG = LoggerFactory.getLogger(KnownSecrets.class);

    /** A shorter one is a part of other words. */
    private static final int LEAST = 6;

    private static final long LARGEST = 64 * 1024;

    private static final Pattern SECRET_FILE =
            Pattern.compile("admin-password|.*host[._-]?key.*|.*\\.(key|pem)");

    /** The longest first: a part of another one must not be replaced before it. */
    private final List<String> forms;

    private KnownSecrets(Set<String> secrets) {
        Set<String> all = new LinkedHashSet<>();
        secrets.stream().filter(one -> one.length() >= LEAST).forEach(one -> addForms(one, all));
        forms = all.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    /**
     * @param etc the configuration
     * @param folders that hold nothing but secrets
     */
    static KnownSecrets read(Path etc, List<Path> folders) {
        Set<String> secrets = new LinkedHashSet<>();
        for (Path file : files(etc)) {
            String name = file.getFileName().toString();
            if (SECRET_FILE.matcher(name).matches()) {
                ofFile(file, secrets);
            } else if (name.equals("users.properties") || name.equals("keys.properties")) {
                ofUsers(file, secrets);
            } else if (name.endsWith(".cfg")) {
                ofConfiguration(file, secrets);
            }
        }
        folders.forEach(folder -> files(folder).forEach(file -> ofFile(file, secrets)));
        return new KnownSecrets(secrets);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(one -> Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)).toList();
        } catch (IOException e) {
            LOG.warn("{} is not searched for secrets: {}", folder, e.toString());
            return List.of();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.size(file) > LARGEST ? new byte[0] : Files.readAllBytes(file);
        } catch (IOException e) {
            LOG.warn("{} is not searched for secrets: {}", file, e.toString());
            return new byte[0];
        }
    }

    private static String text(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    /** All of it, and each of its lines. */
    private static void ofFile(Path file, Set<String> secrets) {
        byte[] bytes = bytes(file);
        secrets.add(Base64.getEncoder().encodeToString(bytes));
        secrets.add(HexFormat.of().formatHex(bytes));
        new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("-----"))
                .forEach(secrets::add);
    }

    /** {@code NAME = PASSWORD,GROUP}: of the name and the groups nothing is secret. */
    private static void ofUsers(Path file, Set<String> secrets) {
        text(file)
                .lines()
                .filter(line -> !line.startsWith("#") && line.indexOf('=') > 0)
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .forEach(
                        value -> {
                            int groups = value.indexOf(",_g_");
                            String all = groups < 0 ? value : value.substring(0, groups);
                            // A password may hold commas, and so may its digest.
                            secrets.add(all);
                            secrets.add(all.replaceFirst("(,(admin|operator|viewer))+$", ""));
                        });
    }

    private static void ofConfiguration(Path file, Set<String> secrets) {
        String text = text(file);
        text.lines().forEach(line -> ofAddresses(line, secrets));
        text.lines()
                .filter(line -> line.indexOf('=') > 0)
                .filter(line -> SecretKeys.isSecretOrHeader(line.substring(0, line.indexOf('='))))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .filter(value -> !value.startsWith("$[secret:"))
                .forEach(secrets::add);
    }

    /** Nobody says where a password with an @, a slash or a space ends: each end is tried. */
    private static void ofAddresses(String line, Set<String> secrets) {
        for (int scheme = line.indexOf("://");
                scheme >= 0;
                scheme = line.indexOf("://", scheme + 1)) {
            int from = scheme + 3;
            String word = line.substring(from).split("[\\s,]", 2)[0];
            for (int to : List.of(word.indexOf('@'), word.lastIndexOf('@'))) {
                ofLogin(word, to, secrets);
            }
            ofLogin(line.substring(from), line.substring(from).lastIndexOf('@'), secrets);
            secrets.addAll(UrlSecrets.ofPath(word.substring(Math.max(0, word.indexOf('/')))));
        }
    }

    /** The name of a user alone is no secret, and as a word of other texts it would hide them. */
    private static void ofLogin(String text, int end, Set<String> secrets) {
        if (end <= 0) {
            return;
        }
        String login = text.substring(0, end);
        int colon = login.indexOf(':');
        if (colon < 0) {
            secrets.addAll(UrlSecrets.ofPath(login));
        } else {
            secrets.add(login);
            secrets.add(login.substring(colon + 1));
        }
    }

    private static void addForms(String secret, Set<String> all) {
        addEncoded(secret, all);
        try {
            addEncoded(URLDecoder.decode(secret, StandardCharsets.UTF_8), all);
        } catch (IllegalArgumentException e) {
            LOG.trace("is not encoded", e);
        }
    }

    private static void addEncoded(String secret, Set<String> all) {
        if (secret.length() < LEAST) {
            return;
        }
        all.add(secret);
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        all.add(url);
        all.add(url.replace("+", "%20"));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        all.add(HexFormat.of().formatHex(bytes));
        // Within a longer text it begins at any of three bits of Base64; its ends mix with others.
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = before == 0 ? 0 : before + 1;
            int to = shifted.length * 8 / 6;
            if (to - from >= LEAST) {
                String inner = base64.substring(from, to);
                all.add(inner);
                all.add(inner.replace('+', '-').replace('/', '_'));
            }
        }
    }

    /** The text without them. */
    String mask(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, SecretMask.MASK);
        }
        return masked;
    }
}
