package io.visionops.login.internal.audit;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.login.internal.guard.LoginListener;
import io.visionops.login.internal.guard.Visitor;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Tells the audit who logged in and who was refused. While there is no audit, as during a start or
 * a swap, entries wait, up to a number; the oldest fall out, and how many is told. Thread-safe;
 * never blocks.
 */
public final class LoginAudit implements LoginListener {

    static final int MOST_WAITING = 256;

    private static final String LOGIN = "login";
    private static final int LONGEST_NAME = 200;

    private final Clock clock;

    /** Guarded by "this", as what follows. */
    private final Deque<AuditEntry> waiting = new ArrayDeque<>();

    private long fallenOut;
    private @Nullable Audit audit;

    public LoginAudit(Clock clock) {
        this.clock = clock;
    }

    /** Another audit; null when it goes. */
    public synchronized void use(@Nullable Audit one) {
        audit = one;
        if (one == null) {
            return;
        }
        if (fallenOut > 0) {
            one.append(
                    entry(
                            Actor.part(LOGIN),
                            "login-gap",
                            door("all"),
                            AuditEntry.FAILED,
                            fallenOut + " entries are lost: there was no audit"));
            fallenOut = 0;
        }
        waiting.forEach(one::append);
        waiting.clear();
    }

    @Override
    public void accepted(Visitor visitor) {
        tell(entry(actor(visitor), LOGIN, door(visitor.door()), AuditEntry.OK, from(visitor)));
    }

    @Override
    public void refused(Visitor visitor, String reason) {
        tell(
                entry(
                        actor(visitor),
                        LOGIN,
                        door(visitor.door()),
                        AuditEntry.REFUSED,
                        reason + from(visitor)));
    }

    @Override
    public void moreRefused(long count) {
        tell(
                entry(
                        Actor.part(LOGIN),
                        LOGIN,
                        door("all"),
                        AuditEntry.REFUSED,
                        count + " more within a minute, not told one by one"));
    }

    @Override
    public void forbidden(Visitor visitor, String what) {
        tell(
                entry(
                        actor(visitor),
                        "access",
                        door(visitor.door()),
                        AuditEntry.REFUSED,
                        what + from(visitor)));
    }

    /**
     * A session of the ssh server, by password or key.
     *
     * @param outcome as in {@link AuditEntry}
     */
    public void session(String user, String address, String action, String outcome) {
        tell(
                entry(
                        Actor.user(plain(user)),
                        action,
                        door("ssh"),
                        outcome,
                        address.isEmpty() ? "" : "from " + address));
    }

    private AuditEntry entry(
            Actor actor, String action, Subject object, String outcome, String detail) {
        return new AuditEntry(clock.instant(), actor, action, object, outcome, detail.strip());
    }

    private static Subject door(String name) {
        return new Subject("door", name.isEmpty() ? "?" : name);
    }

    /** A password that was typed in the place of the name must not reach the audit. */
    private static Actor actor(Visitor visitor) {
        if (visitor.known()) {
            return Actor.user(plain(visitor.user()));
        }
        return new Actor("stranger", visitor.address().isEmpty() ? "here" : visitor.address());
    }

    private static String plain(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        String whole = plain.isEmpty() ? "?" : plain;
        return whole.length() <= LONGEST_NAME ? whole : whole.substring(0, LONGEST_NAME);
    }

    private static String from(Visitor visitor) {
        return visitor.address().isEmpty() ? "" : " from " + visitor.address();
    }

    private synchronized void tell(AuditEntry entry) {
        Audit present = audit;
        if (present != null) {
            present.append(entry);
            return;
        }
        if (waiting.size() == MOST_WAITING) {
            waiting.removeFirst();
            fallenOut++;
        }
        waiting.add(entry);
    }
}
