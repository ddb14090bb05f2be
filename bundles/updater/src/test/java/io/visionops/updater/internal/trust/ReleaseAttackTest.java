package io.visionops.updater.internal.trust;

import static io.visionops.updater.internal.trust.ForgedRepository.in;
import static io.visionops.updater.internal.trust.ForgedRepository.sign;

import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.metadata.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Releases that are signed as they should be, with content that must not be installed. */
class ReleaseAttackTest {

    private static final String HASH = "a".repeat(64);

    @TempDir private Path folder;

    static Stream<Arguments> paths() {
        return Stream.of(
                        "../system/x",
                        "..",
                        ".",
                        "",
                        "/etc/passwd",
                        "//host/share",
                        "a/../../b",
                        "a/..",
                        "a/./b",
                        "./a",
                        "a//b",
                        "a/",
                        "a\\..\\b",
                        "\\a",
                        "C:/windows",
                        "C:",
                        "a:b",
                        "a/b.",
                        "a./b",
                        "a /b",
                        " a",
                        ".../a",
                        "a/\u202ebcd",
                        "a/\u200bb",
                        "a/\u2028b",
                        "a/" + "b".repeat(299))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aPathThatIsNotAllowedIsRefused(String path) throws Exception {
        refused(Reason.MALFORMED, form -> in(form, "files").put(path, file(1L, HASH, false)));
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of("lib/A.jar", "lib/a.jar"),
                Arguments.of("lib/a", "lib/a/b"),
                Arguments.of("lib/A/b", "lib/a"),
                Arguments.of("Lib/a.jar", "lib/b.jar"),
                Arguments.of("lib/stra\u00dfe", "lib/STRASSE"),
                Arguments.of("lib/\u00e9", "lib/e\u0301"),
                Arguments.of("lib/\u212a", "lib/k"),
                Arguments.of("bin", "bin/x"),
                Arguments.of("lib/version/x", "lib/y"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void twoPathsThatMeetOnADiskAreRefused(String one, String other) throws Exception {
        refused(
                Reason.MALFORMED,
                form -> {
                    in(form, "files").put(one, file(1L, HASH, false));
                    in(form, "files").put(other, file(1L, HASH, false));
                });
    }

    static Stream<Arguments> content() {
        List<Arguments> all = new ArrayList<>();
        file(all, "a hash of 63 digits", file(1L, "a".repeat(63), false));
        file(all, "a hash in capitals", file(1L, "A".repeat(64), false));
        file(all, "a hash of something else", file(1L, "g".repeat(64), false));
        file(all, "a length as text", file("1", HASH, false));
        file(all, "executable as a number", file(1L, HASH, 1L));
        file(all, "no length", Map.of("sha256", HASH, "executable", false));
        file(all, "no hash", Map.of("length", 1L, "executable", false));
        file(all, "no object", "a");
        bundle(all, "a file that is not there", bundle("b", "1.0.0", "lib/other"));
        bundle(all, "the file of another", bundle("b", "1.0.0", ForgedRepository.STORE_PATH));
        bundle(all, "twice", bundle("io.visionops.store", "1.2.0", "lib/version"));
        bundle(all, "version 1.0", bundle("b", "1.0", "lib/version"));
        bundle(all, "version 01.0.0", bundle("b", "01.0.0", "lib/version"));
        bundle(all, "a negative version", bundle("b", "1.0.-1", "lib/version"));
        bundle(all, "no version", bundle("b", "", "lib/version"));
        bundle(all, "a version of text", bundle("b", "newest", "lib/version"));
        bundle(all, "a name with a space", bundle("b c", "1.0.0", "lib/version"));
        bundle(all, "no name", bundle("", "1.0.0", "lib/version"));
        bundle(all, "a text", "b");
        change(all, "no files", form -> form.remove("files"));
        change(all, "files as a list", form -> form.put("files", List.of()));
        change(all, "no bundles", form -> form.remove("bundles"));
        change(all, "no product", form -> form.remove("product"));
        change(all, "no platform", form -> form.remove("platform"));
        change(all, "a platform as a list", form -> form.put("platform", List.of("linux-x86_64")));
        change(all, "no schema", form -> form.remove("schema"));
        change(all, "schema 10000", form -> form.put("schema", 10000L));
        change(all, "no version for people", form -> form.remove("release"));
        change(all, "a version with a space", form -> form.put("release", "1.0 beta"));
        change(all, "an empty version", form -> form.put("release", ""));
        change(
                all,
                "1001 bundles",
                form -> {
                    List<Object> bundles = new ArrayList<>();
                    for (int i = 0; i < 1001; i++) {
                        bundles.add(bundle("b" + i, "1.0.0", "lib/version"));
                    }
                    form.put("bundles", bundles);
                });
        change(
                all,
                "5001 files",
                form -> {
                    Map<String, Object> files = new TreeMap<>();
                    for (int i = 0; i < 5001; i++) {
                        files.put("f/" + i, file(1L, HASH, false));
                    }
                    form.put("files", files);
                    form.put("bundles", List.of());
                });
        return all.stream();
    }

    private static void file(List<Arguments> all, String name, Object file) {
        change(all, "a file with " + name, form -> in(form, "files").put("lib/x", file));
    }

    private static void bundle(List<Arguments> all, String name, Object bundle) {
        change(
                all,
                "a bundle with " + name,
                form -> {
                    List<Object> bundles = new ArrayList<>((List<?>) form.get("bundles"));
                    bundles.add(bundle);
                    form.put("bundles", bundles);
                });
    }

    private static void change(
            List<Arguments> all, String name, Consumer<Map<String, Object>> change) {
        all.add(Arguments.of(name, change));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("content")
    void contentThatIsNotAllowedIsRefused(String name, Consumer<Map<String, Object>> change)
            throws Exception {
        refused(Reason.MALFORMED, change);
    }

    static Stream<Arguments> sizes() {
        long gib = 1024L * 1024 * 1024;
        return Stream.of(
                Arguments.of(List.of(2 * gib + 1)),
                Arguments.of(List.of(gib, gib)),
                Arguments.of(List.of(9_007_199_254_740_991L)),
                Arguments.of(List.of(9_007_199_254_740_991L, 9_007_199_254_740_991L)),
                Arguments.of(List.of(4_294_967_296L)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void filesThatAreTooLargeTogetherAreRefused(List<Long> lengths) throws Exception {
        refused(
                Reason.TOO_LARGE,
                form -> {
                    for (int i = 0; i < lengths.size(); i++) {
                        in(form, "files").put("lib/x" + i, file(lengths.get(i), HASH, false));
                    }
                });
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("product", "otherops"),
                Arguments.of("product", "visionops-beta"),
                Arguments.of("platform", "linux-aarch64"),
                Arguments.of("platform", "windows-x86_64"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void aReleaseForSomethingElseIsRefused(String field, String value) throws Exception {
        refused(Reason.WRONG_PRODUCT, form -> form.put(field, value));
    }

    private void refused(Reason reason, Consumer<Map<String, Object>> change) throws Exception {
        Victim victim = new Victim(folder);
        Map<String, byte[]> honest = victim.honest();
        victim.repository.forge(
                Role.TARGETS,
                form -> {
                    change.accept(form);
                    return sign(form, victim.repository.of(Role.TARGETS));
                });

        victim.refuses(reason);

        victim.isAsBefore(honest);
    }

    private static Map<String, Object> file(Object length, String hash, Object executable) {
        return Map.of("length", length, "sha256", hash, "executable", executable);
    }

    private static Map<String, Object> bundle(String name, String version, String path) {
        return Map.of("name", name, "version", version, "path", path);
    }
}
