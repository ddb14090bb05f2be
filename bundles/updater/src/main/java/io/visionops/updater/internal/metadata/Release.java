package io.visionops.updater.internal.metadata;

import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.framework.Version;

/**
 * What the targets role signs: one release as a whole.
 *
 * @param number what orders releases; a deliberate step back is a release with a higher number
 * @param version as people call it
 * @param platform such as {@code linux-x86_64}
 * @param expires from then on it may not be installed any more
 * @param schema of the database
 * @param files by their paths in the folder of the program, in their order
 */
public record Release(
        long number,
        String version,
        String product,
        String platform,
        Instant expires,
        int schema,
        Map<String, ReleaseFile> files,
        List<ReleaseBundle> bundles) {

    private static final int MOST_BUNDLES = 1000;

    /** Its folder has six digits. */
    public static final long MOST_NUMBER = 999_999;

    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
    private static final Pattern BUNDLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");

    public Release {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        bundles = List.copyOf(bundles);
    }

    /**
     * Reads what is the file that is expected, and signed.
     *
     * @param expected what the snapshot names
     * @param mostBytes of all files together
     */
    public static Release read(byte[] bytes, Pointer.Next expected, RoleKeys keys, long mostBytes)
            throws RepositoryException {
        String what = Role.TARGETS.fileName(expected.version());
        Pointer.requireMatch(what, bytes, expected);
        Fields fields = keys.verify(Envelope.read(what, bytes, Role.TARGETS));
        long number = fields.number("version", 1, MOST_NUMBER);
        Pointer.requireVersion(what, number, expected.version());
        Map<String, ReleaseFile> files = files(fields, mostBytes);
        return new Release(
                number,
                fields.text("release", VERSION),
                fields.text("product", WORD),
                fields.text("platform", WORD),
                fields.instant("expires"),
                (int) fields.number("schema", 0, 9999),
                files,
                bundles(fields, files));
    }

    /** How much all files are together. */
    public long length() {
        return files.values().stream().mapToLong(ReleaseFile::length).sum();
    }

    /** As it is signed. */
    public Map<String, Object> form() {
        Map<String, Object> form = Pointer.head(Role.TARGETS, number, expires);
        form.put("release", version);
        form.put("product", product);
        form.put("platform", platform);
        form.put("schema", (long) schema);
        Map<String, Object> listed = new HashMap<>();
        files.forEach(
                (path, file) ->
                        listed.put(
                                path,
                                Map.of(
                                        "length", file.length(),
                                        "sha256", file.sha256(),
                                        "executable", file.executable())));
        form.put("files", listed);
        List<Object> named = new ArrayList<>();
        for (ReleaseBundle one : bundles) {
            named.add(Map.of("name", one.name(), "version", one.version(), "path", one.path()));
        }
        form.put("bundles", named);
        return form;
    }

    private static Map<String, ReleaseFile> files(Fields fields, long mostBytes)
            throws RepositoryException {
        Map<String, ReleaseFile> files = new LinkedHashMap<>();
        long sum = 0;
        for (Map.Entry<?, ?> one : fields.object("files").values().entrySet()) {
            Fields file = Fields.of(fields.what() + " file", one.getValue());
            long length = file.number("length", 0, StrictJson.MOST);
            // Each is below 2^53 and there are less than 2^20: the sum does not overflow.
            sum += length;
            if (sum > mostBytes) {
                throw new RepositoryException(
                        Reason.TOO_LARGE,
                        fields.what() + ": its files are larger than " + mostBytes + " bytes");
            }
            files.put(
                    (String) one.getKey(),
                    new ReleaseFile(length, file.sha256("sha256"), file.flag("executable")));
        }
        Optional<String> refusal = ReleasePaths.refusal(files.keySet());
        if (refusal.isPresent()) {
            throw fields.refused("files", "have " + refusal.get());
        }
        return files;
    }

    private static List<ReleaseBundle> bundles(Fields fields, Map<String, ReleaseFile> files)
            throws RepositoryException {
        List<ReleaseBundle> bundles = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Object one : fields.list("bundles", MOST_BUNDLES)) {
            Fields bundle = Fields.of(fields.what() + " bundle", one);
            String name = bundle.text("name", BUNDLE);
            String version = bundle.text("version");
            String path = bundle.text("path");
            if (!isCanonical(version)) {
                throw bundle.refused("version", "is not as OSGi writes it");
            }
            if (!files.containsKey(path)) {
                throw bundle.refused("path", "is none of the files");
            }
            if (!seen.add(name + ' ' + version) || !seen.add(path)) {
                throw bundle.refused("bundles", "name one twice");
            }
            bundles.add(new ReleaseBundle(name, version, path));
        }
        return bundles;
    }

    private static boolean isCanonical(String version) {
        try {
            return new Version(version).toString().equals(version);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
