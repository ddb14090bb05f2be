package io.visionops.updater.internal.trust;

import static io.visionops.updater.internal.trust.ForgedRepository.sign;
import static io.visionops.updater.internal.trust.ForgedRepository.signRaw;
import static io.visionops.updater.internal.trust.ForgedRepository.text;

import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.metadata.Role;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed by the right keys, but not in the one form, or with fields that are not allowed. */
@Tag("slow")
class FormAttackTest {

    private interface Attack {
        byte[] make(ForgedRepository repository, Role role, Map<String, Object> form);
    }

    private interface Rewrite {
        String of(String signed);
    }

    private interface Bytes {
        byte[] of(byte[] honest);
    }

    @TempDir private Path folder;

    static Stream<Arguments> attacks() {
        List<Arguments> all = new ArrayList<>();
        for (Role role : Role.values()) {
            signed(all, role, "white space", text -> text.replaceFirst(":", ": "));
            signed(all, role, "a field twice", text -> text.replaceFirst("\\{", "{\"format\":1,"));
            signed(all, role, "fields in another order", text -> moved(text, "\"format\":1,"));
            signed(all, role, "an escape", text -> text.replace("format", "f\\u006frmat"));
            signed(all, role, "an escaped slash", text -> added(text, "\"x\":\"a\\/b\""));
            signed(all, role, "a tab in text", text -> added(text, "\"x\":\"a\\tb\""));
            signed(all, role, "a raw control character", text -> added(text, "\"x\":\"a\u0001b\""));
            signed(all, role, "half of a character", text -> added(text, "\"x\":\"\\ud800\""));
            signed(all, role, "null", text -> added(text, "\"x\":null"));
            signed(all, role, "a fraction", text -> added(text, "\"x\":1.5"));
            signed(all, role, "an exponent", text -> added(text, "\"x\":1e9"));
            signed(all, role, "a negative number", text -> added(text, "\"x\":-1"));
            signed(all, role, "minus zero", text -> added(text, "\"x\":-0"));
            signed(all, role, "a leading zero", text -> added(text, "\"x\":01"));
            signed(all, role, "not a number", text -> added(text, "\"x\":NaN"));
            signed(all, role, "2^53", text -> added(text, "\"x\":9007199254740992"));
            signed(all, role, "2^64", text -> added(text, "\"x\":18446744073709551616"));
            signed(all, role, "1000 digits", text -> added(text, "\"x\":" + "9".repeat(1000)));
            signed(all, role, "a comment", text -> added(text, "/**/\"x\":1"));
            signed(
                    all,
                    role,
                    "depth of 20",
                    text -> added(text, "\"x\":" + "[".repeat(20) + "]".repeat(20)));
            signed(
                    all,
                    role,
                    "text of 2000 characters",
                    text -> added(text, "\"x\":\"" + "a".repeat(2000) + "\""));
            bytes(all, role, "nothing", honest -> new byte[0]);
            bytes(all, role, "zeros", honest -> new byte[honest.length]);
            bytes(all, role, "cut off", honest -> Arrays.copyOf(honest, honest.length - 1));
            bytes(all, role, "a line end behind", honest -> (text8(honest) + "\n").getBytes(UTF));
            bytes(all, role, "an object behind", honest -> (text8(honest) + "{}").getBytes(UTF));
            bytes(all, role, "a mark before", honest -> ("\ufeff" + text8(honest)).getBytes(UTF));
            bytes(all, role, "UTF-16", honest -> text8(honest).getBytes(StandardCharsets.UTF_16BE));
            bytes(all, role, "a list", honest -> ("[" + text8(honest) + "]").getBytes(UTF));
            bytes(
                    all,
                    role,
                    "a third field in the envelope",
                    honest -> text8(honest).replaceFirst("\\{", "{\"a\":1,").getBytes(UTF));
            bytes(
                    all,
                    role,
                    "signed twice in the envelope",
                    honest -> text8(honest).replaceFirst("\\{", "{\"signed\":{},").getBytes(UTF));
            bytes(
                    all,
                    role,
                    "capital letters in the hash of a key",
                    honest ->
                            text8(honest).replaceFirst("keyid\":\".", "keyid\":\"A").getBytes(UTF));
            bytes(
                    all,
                    role,
                    "another algorithm beside the signature",
                    honest ->
                            text8(honest)
                                    .replaceFirst("\\[\\{", "[{\"alg\":\"none\",")
                                    .getBytes(UTF));
            bytes(
                    all,
                    role,
                    "a signature of half a byte",
                    honest ->
                            text8(honest).replaceFirst("\"sig\":\".", "\"sig\":\"").getBytes(UTF));
            form(all, role, "of another role", (form) -> form.put("type", "mirrors"));
            form(all, role, "of no role", (form) -> form.remove("type"));
            form(all, role, "in another format", (form) -> form.put("format", 2L));
            form(all, role, "without a version", (form) -> form.remove("version"));
            form(all, role, "version 0", (form) -> form.put("version", 0L));
            form(all, role, "version as text", (form) -> form.put("version", "6"));
            form(all, role, "version true", (form) -> form.put("version", true));
            form(all, role, "version 2^31-1", (form) -> form.put("version", 2147483647L));
            form(all, role, "version 2^53-1", (form) -> form.put("version", 9007199254740991L));
            form(all, role, "without expiry", (form) -> form.remove("expires"));
            form(all, role, "expiry as number", (form) -> form.put("expires", 4102444800L));
            form(all, role, "expiry never", (form) -> form.put("expires", "never"));
            form(all, role, "a 13th month", (form) -> form.put("expires", "2027-13-01T00:00:00Z"));
            form(
                    all,
                    role,
                    "expiry in another zone",
                    (form) -> form.put("expires", "2027-01-01T00:00:00+01:00"));
        }
        return all.stream();
    }

    private static final Charset UTF = StandardCharsets.UTF_8;

    private static void add(List<Arguments> all, String name, Role role, Attack attack) {
        all.add(Arguments.of(role.word() + ": " + name, role, attack));
    }

    private static void signed(List<Arguments> all, Role role, String name, Rewrite rewrite) {
        add(
                all,
                name,
                role,
                (repository, of, form) -> signRaw(rewrite.of(text(form)), repository.of(of)));
    }

    private static void bytes(List<Arguments> all, Role role, String name, Bytes bytes) {
        add(all, name, role, (repository, of, form) -> bytes.of(sign(form, repository.of(of))));
    }

    private interface Mutation {
        Object of(Map<String, Object> form);
    }

    private static void form(List<Arguments> all, Role role, String name, Mutation mutation) {
        add(
                all,
                name,
                role,
                (repository, of, form) -> {
                    mutation.of(form);
                    return sign(form, repository.of(of));
                });
    }

    private static String text8(byte[] bytes) {
        return new String(bytes, UTF);
    }

    private static String added(String signed, String field) {
        return signed.substring(0, signed.length() - 1) + "," + field + "}";
    }

    private static String moved(String signed, String field) {
        return "{" + field + signed.replace(field, "").substring(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void whatIsNotInItsFormIsRefused(String name, Role role, Attack attack) throws Exception {
        Victim victim = new Victim(folder);
        Map<String, byte[]> honest = victim.honest();
        victim.repository.forge(role, form -> attack.make(victim.repository, role, form));

        victim.refuses(Reason.MALFORMED);

        victim.isAsBefore(honest);
    }
}
