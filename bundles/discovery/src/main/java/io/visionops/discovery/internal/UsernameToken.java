package io.visionops.discovery.internal;

import io.visionops.api.discovery.Search.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** The login of WS-Security, with the password as a digest that is good for one request. */
final class UsernameToken {

    private static final String WSS =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String UTILITY =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String PROFILE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0";
    private static final String ENCODING =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0";

    private UsernameToken() {}

    /**
     * @param created by the clock of the device: many refuse what is a few seconds off
     */
    static String header(Login login, byte[] nonce, Instant created) {
        String time = created.truncatedTo(ChronoUnit.SECONDS).toString();
        return "<Security xmlns=\""
                + WSS
                + "\" s:mustUnderstand=\"1\"><UsernameToken><Username>"
                + escaped(login.user())
                + "</Username><Password Type=\""
                + PROFILE
                + "#PasswordDigest\">"
                + digest(nonce, time, login.password())
                + "</Password><Nonce EncodingType=\""
                + ENCODING
                + "#Base64Binary\">"
                + Base64.getEncoder().encodeToString(nonce)
                + "</Nonce><Created xmlns=\""
                + UTILITY
                + "\">"
                + time
                + "</Created></UsernameToken></Security>";
    }

    static String digest(byte[] nonce, String created, String password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(nonce);
            sha.update(created.getBytes(StandardCharsets.UTF_8));
            sha.update(password.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
