package io.visionops.security.internal.audit.watch;

import io.visionops.api.subject.Actor;
import java.security.AccessController;
import java.util.Optional;
import javax.security.auth.Subject;

/** Who runs the command of this thread. */
final class Callers {

    private static final int LONGEST_NAME = 200;

    private Callers() {}

    @SuppressWarnings("removal") // Karaf runs commands by it, up to Java 21.
    static Optional<Actor> current() {
        Subject caller = Subject.getSubject(AccessController.getContext());
        return Optional.ofNullable(caller).stream()
                .flatMap(one -> one.getPrincipals().stream())
                .filter(principal -> principal.getClass().getSimpleName().equals("UserPrincipal"))
                .map(principal -> Actor.user(name(principal.getName())))
                .findFirst();
    }

    private static String name(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        String whole = plain.isEmpty() ? "?" : plain;
        return whole.length() <= LONGEST_NAME ? whole : whole.substring(0, LONGEST_NAME);
    }
}
