package io.visionops.backup.internal.format;

import io.visionops.api.backup.BackupException;
import io.visionops.api.secret.MasterKeyPassphrase;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is in a backup.
 *
 * @param files in the order in which their contents follow
 * @param rows of each table of the database, counted in its copy
 * @param base of an increment; empty: the database is in it as a whole
 */
public record Manifest(
        int schemaVersion, List<Item> files, Map<String, Long> rows, Optional<Base> base) {

    public static final String DATABASE = "database/visionops.db";

    /** In an increment: the database, told by the one of the base. */
    public static final String PATCH = "database/visionops.patch";

    public static final String CONFIGURATION = "etc/";
    public static final String MODELS = "models/";
    public static final String SECRETS = "secrets/";

    /** Encrypted with the key beside it. */
    public static final String SECRETS_FILE = SECRETS + "secrets.json";

    public static final String MASTER_KEY = SECRETS + "master.key";

    /** In its place, where a passphrase locks it. */
    public static final String LOCKED_KEY = MASTER_KEY + MasterKeyPassphrase.LOCKED;

    private static final Pattern FULL = Pattern.compile("visionops-\\d{8}T\\d{6}Z-full");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST = 10_000;

    /**
     * One file.
     *
     * @param name with slashes, below {@code database}, {@code etc}, {@code models} or {@code
     *     secrets}
     */
    public record Item(String name, long length, String sha256) {

        /** Does it lie in that folder? */
        public boolean isIn(String folder) {
            return name.startsWith(folder);
        }
    }

    /**
     * What an increment is put together with.
     *
     * @param id the full backup
     * @param sha256 of the database in that
     * @param database what comes of both
     */
    public record Base(String id, String sha256, Item database) {}

    public Manifest {
        files = List.copyOf(files);
        rows = Map.copyOf(rows);
    }

    /** Of a full backup. */
    public Manifest(int schemaVersion, List<Item> files, Map<String, Long> rows) {
        this(schemaVersion, files, rows, Optional.empty());
    }

    /** The database in it. */
    public Item database() {
        if (base.isPresent()) {
            return base.get().database();
        }
        return files.stream().filter(one -> one.name().equals(DATABASE)).findFirst().orElseThrow();
    }

    /** Bytes of all files. */
    public long bytes() {
        return files.stream().mapToLong(Item::length).sum();
    }

    /** Bytes that it needs on a disk to be unpacked, of an increment with its base. */
    public long diskBytes() {
        return bytes() + base.map(one -> 2 * one.database().length()).orElse(0L);
    }

    /** Refuses what does not belong into a backup, even if it was encrypted with our key. */
    @SuppressWarnings("ConstantConditions") // JSON may lack what Java promises.
    void check() throws BackupException {
        Set<String> names = new HashSet<>();
        if (files.size() > MOST) {
            throw new BackupException("its manifest has more than " + MOST + " files");
        }
        for (Item item : files) {
            if (item == null || item.name() == null || item.sha256() == null) {
                throw new BackupException("its manifest is damaged");
            }
            if (!isAllowed(item.name())) {
                throw new BackupException(
                        "its manifest has a file that does not belong into a backup: "
                                + item.name().replaceAll("\\p{Cntrl}", "?"));
            }
            checkSum(item);
            if (!names.add(item.name())) {
                throw new BackupException("its manifest has the same file twice: " + item.name());
            }
        }
        if (base.isPresent()) {
            check(base.get());
        }
        if (!names.contains(base.isPresent() ? PATCH : DATABASE)) {
            throw new BackupException("there is no database in it");
        }
    }

    @SuppressWarnings("ConstantConditions") // JSON may lack what Java promises.
    private static void check(Base base) throws BackupException {
        Item database = base.database();
        if (base.id() == null
                || !FULL.matcher(base.id()).matches()
                || base.sha256() == null
                || !SHA256.matcher(base.sha256()).matches()
                || database == null
                || database.sha256() == null
                || !DATABASE.equals(database.name())) {
            throw new BackupException("its manifest does not say what it was made after");
        }
        checkSum(database);
    }

    private static void checkSum(Item item) throws BackupException {
        if (item.length() < 0 || !SHA256.matcher(item.sha256()).matches()) {
            throw new BackupException("its manifest has no length or checksum of a file");
        }
    }

    private static boolean isAllowed(String name) {
        if (Set.of(DATABASE, PATCH, SECRETS_FILE, MASTER_KEY, LOCKED_KEY).contains(name)) {
            return true;
        }
        boolean known = name.startsWith(CONFIGURATION) || name.startsWith(MODELS);
        return known
                && !name.contains("\\")
                && name.chars().noneMatch(Character::isISOControl)
                && !name.endsWith("/")
                && List.of(name.split("/", -1)).stream()
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))
                && !Path.of(name).isAbsolute();
    }
}
