package io.visionops.updater.internal.maker;

import io.visionops.support.WholeFile;
import io.visionops.updater.internal.metadata.Envelope;
import io.visionops.updater.internal.metadata.MetadataKey;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.metadata.RoleKeys;
import io.visionops.updater.internal.metadata.RootMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Private keys, one in each file {@code ROLE-NUMBER.vROOT.key}, and the roots. Keys that are kept
 * elsewhere may be missing, for as long as nothing needs them.
 */
final class KeyFolder {

    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final String HEAD = "-----BEGIN PRIVATE KEY-----\n";
    private static final String FOOT = "\n-----END PRIVATE KEY-----\n";

    private final Path folder;

    KeyFolder(Path folder) {
        this.folder = folder;
    }

    /** An empty one. */
    static KeyFolder create(Path folder) throws ToolException {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, FOLDER);
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    throw new ToolException(folder + " is not empty: name a new folder");
                }
            }
            return new KeyFolder(folder);
        } catch (IOException e) {
            throw new ToolException(folder + " cannot be made: " + e, e);
        }
    }

    /** All roots, the oldest first. */
    List<byte[]> roots() throws ToolException {
        List<byte[]> roots = new ArrayList<>();
        try {
            for (Path at = rootFile(1); Files.exists(at); at = rootFile(roots.size() + 1)) {
                roots.add(Files.readAllBytes(at));
            }
        } catch (IOException e) {
            throw new ToolException("the roots in " + folder + " cannot be read: " + e, e);
        }
        if (roots.isEmpty()) {
            throw new ToolException(
                    folder + " has no 1.root.json: new-keys makes it, and sign copies it");
        }
        return roots;
    }

    /** Likewise, each verified by the one before. */
    List<RootMetadata> chain() throws ToolException {
        List<RootMetadata> chain = new ArrayList<>();
        try {
            for (byte[] bytes : roots()) {
                chain.add(
                        chain.isEmpty()
                                ? RootMetadata.pinned("1.root.json", bytes)
                                : chain.get(chain.size() - 1).next(bytes));
            }
        } catch (RepositoryException e) {
            throw new ToolException("in " + folder + ": " + e.getMessage(), e);
        }
        return chain;
    }

    void write(RootMetadata root, byte[] bytes) throws ToolException {
        writeFile(rootFile(root.version()), bytes, false);
    }

    /**
     * New keys, on the disk when this returns.
     *
     * @param version of the root that names them first
     */
    Map<String, MetadataKey> generate(Role role, int count, long version) throws ToolException {
        Map<String, MetadataKey> keys = new HashMap<>();
        for (int i = 1; i <= count; i++) {
            KeyPair pair = newPair();
            MetadataKey key = MetadataKey.of(pair.getPublic());
            String pem =
                    HEAD
                            + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                            + FOOT;
            writeFile(
                    folder.resolve(role.word() + "-" + i + ".v" + version + ".key"),
                    pem.getBytes(StandardCharsets.US_ASCII),
                    true);
            keys.put(key.id(), key);
        }
        return keys;
    }

    /**
     * What is signed, by as many keys of each of these roles as are here; not fewer than needed.
     */
    byte[] sign(Map<String, Object> form, RoleKeys... roles) throws ToolException {
        Map<String, Envelope.Entry> entries = new HashMap<>();
        Envelope unsigned = new Envelope("", form, List.of());
        for (RoleKeys role : roles) {
            for (Map.Entry<String, PrivateKey> one : signers(role).entrySet()) {
                entries.put(
                        one.getKey(),
                        new Envelope.Entry(
                                one.getKey(),
                                Signing.sign(one.getValue(), unsigned.signedBytes())));
            }
        }
        return new Envelope("", form, List.copyOf(entries.values())).bytes();
    }

    /** Whether enough of the keys are here, with a line for when they are not. */
    void require(RoleKeys role) throws ToolException {
        signers(role);
    }

    private Map<String, PrivateKey> signers(RoleKeys role) throws ToolException {
        Map<String, PrivateKey> found = new HashMap<>();
        for (PrivateKey mine : privateKeys(role.role())) {
            for (MetadataKey key : role.keys().values()) {
                if (Signing.belong(mine, key)) {
                    found.put(key.id(), mine);
                }
            }
        }
        if (found.size() < role.threshold()) {
            throw new ToolException(
                    role.role().word()
                            + " needs the signatures of "
                            + role.threshold()
                            + " of its keys, and "
                            + folder
                            + " has "
                            + found.size()
                            + " of them");
        }
        return found;
    }

    private List<PrivateKey> privateKeys(Role role) throws ToolException {
        List<PrivateKey> keys = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(role.word() + "-") && name.endsWith(".key")) {
                    keys.add(privateKey(file));
                }
            }
            return keys;
        } catch (IOException e) {
            throw new ToolException("the keys in " + folder + " cannot be read: " + e, e);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException, ToolException {
        if (!WholeFile.OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new ToolException(
                    "others may read the key " + file + ": chmod 600, and think whether they have");
        }
        String pem = Files.readString(file, StandardCharsets.US_ASCII);
        try {
            byte[] encoded =
                    Base64.getMimeDecoder().decode(pem.replace(HEAD, "").replace(FOOT.strip(), ""));
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ToolException(file + " is no Ed25519 key in PKCS#8", e);
        }
    }

    private static KeyPair newPair() throws ToolException {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new ToolException("this Java has no Ed25519", e);
        }
    }

    private Path rootFile(long version) {
        return folder.resolve(Role.ROOT.fileName(version));
    }

    private static void writeFile(Path file, byte[] bytes, boolean secret) throws ToolException {
        try {
            if (secret && Files.exists(file)) {
                throw new ToolException(
                        file + " is there from a rotation that was not finished: delete it");
            }
            if (secret) {
                WholeFile.write(file, bytes, WholeFile.OWNER_ONLY);
            } else {
                WholeFile.write(file, bytes, true);
            }
        } catch (IOException e) {
            throw new ToolException(file + " cannot be written: " + e, e);
        }
    }
}
