package io.visionops.testkit.onvif;

import io.visionops.testkit.onvif.OnvifScript.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides who is let in, as cameras do. */
final class OnvifGuard {

    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final String REALM = "IP Camera(C1234)";

    static final String NOT_AUTHORIZED =
            "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized"
                    + "</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en\">Sender not"
                    + " Authorized</s:Text></s:Reason></s:Fault>";

    private final OnvifScript script;
    private final String nonce = UUID.randomUUID().toString();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();

    OnvifGuard(OnvifScript script) {
        this.script = script;
    }

    int refusals() {
        return refusals.get();
    }

    /** Empty: let in; a whole HTTP answer, or the content of a SOAP message. */
    String challenge(String request) {
        boolean tried = request.contains("Authorization:") || request.contains("UsernameToken");
        boolean welcome =
                switch (script.login()) {
                    case NONE -> true;
                    case TOKEN -> token(request);
                    case HTTP_MD5, HTTP_SHA256, HTTP_OLD -> digest(request);
                    case HTTP_BASIC -> false;
                };
        if (welcome) {
            return "";
        }
        if (tried) {
            refusals.incrementAndGet();
        }
        return script.login() == Login.TOKEN ? NOT_AUTHORIZED : unauthorised();
    }

    private String unauthorised() {
        String digest = "Digest realm=\"" + REALM + "\", nonce=\"" + nonce + "\"";
        String challenge =
                switch (script.login()) {
                    case HTTP_SHA256 -> digest + ", qop=\"auth\", algorithm=SHA-256";
                    case HTTP_OLD -> digest;
                    case HTTP_BASIC -> "Basic realm=\"" + REALM + "\"";
                    default -> digest + ", qop=\"auth,auth-int\", opaque=\"a b\"";
                };
        return "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: "
                + challenge
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    }

    private boolean token(String request) {
        String created = element(request, "Created");
        String nonceText = element(request, "Nonce");
        if (created.isEmpty() || !seen.add(nonceText)) {
            return false;
        }
        try {
            Duration off =
                    Duration.between(Instant.parse(created), Instant.now().plus(script.ahead()));
            if (off.abs().compareTo(TOLERANCE) > 0) {
                return false;
            }
        } catch (DateTimeException e) {
            return false;
        }
        MessageDigest sha = algorithm("SHA-1");
        sha.update(Base64.getDecoder().decode(nonceText));
        sha.update((created + script.password()).getBytes(StandardCharsets.UTF_8));
        return element(request, "Username").equals(script.user())
                && element(request, "Password")
                        .equals(Base64.getEncoder().encodeToString(sha.digest()));
    }

    private static String element(String request, String name) {
        Matcher element =
                Pattern.compile("<(?:\\w+:)?" + name + "(?: [^>]*)?>([^<]*)<").matcher(request);
        return element.find() ? element.group(1) : "";
    }

    private boolean digest(String request) {
        Matcher line = Pattern.compile("Authorization: Digest (.*)\r\n").matcher(request);
        if (!line.find()) {
            return false;
        }
        String given = line.group(1);
        String path = request.split(" ", 3)[1];
        String hash = script.login() == Login.HTTP_SHA256 ? "SHA-256" : "MD5";
        String ha1 = hex(hash, script.user() + ":" + REALM + ":" + script.password());
        String ha2 = hex(hash, "POST:" + path);
        String expected =
                script.login() == Login.HTTP_OLD
                        ? hex(hash, ha1 + ":" + nonce + ":" + ha2)
                        : hex(
                                hash,
                                String.join(
                                        ":",
                                        ha1,
                                        nonce,
                                        parameter(given, "nc"),
                                        parameter(given, "cnonce"),
                                        "auth",
                                        ha2));
        return parameter(given, "username").equals(script.user())
                && parameter(given, "uri").equals(path)
                && parameter(given, "response").equals(expected);
    }

    private static String parameter(String line, String name) {
        Matcher value = Pattern.compile("(?:^|, )" + name + "=\"?([^\",]*)\"?").matcher(line);
        return value.find() ? value.group(1) : "";
    }

    private static String hex(String algorithm, String text) {
        return HexFormat.of()
                .formatHex(algorithm(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
