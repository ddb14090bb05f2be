package io.visionops.security.internal.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.lang.reflect.Proxy;
import java.security.PrivilegedExceptionAction;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;

class CommandAuditTest {

    private final KeptAudit audit = new KeptAudit();
    private final CommandAudit commands =
            new CommandAudit(
                    audit,
                    new ManualClock(Instant.parse("2026-05-01T10:00:00Z")),
                    List.of("// Runs in each new session.\nSCOPE = x\n"));
    private final CommandSession session =
            (CommandSession)
                    Proxy.newProxyInstance(
                            CommandSession.class.getClassLoader(),
                            new Class<?>[] {CommandSession.class},
                            (proxy, method, arguments) -> null);

    /** Karaf's, whose name is what counts. */
    private record UserPrincipal(String getName) implements java.security.Principal {
        @Override
        public String getName() {
            return getName;
        }
    }

    @SuppressWarnings("removal")
    private static void as(String user, PrivilegedExceptionAction<Void> action) throws Exception {
        Subject.doAs(
                new Subject(true, Set.of(new UserPrincipal(user)), Set.of(), Set.of()), action);
    }

    @Test
    void commandIsToldBeforeAndAfterItRunsWithWhoRanIt() throws Exception {
        as(
                "anna",
                () -> {
                    commands.beforeExecute(session, "camera-remove gate");
                    commands.afterExecute(session, "camera-remove gate", (Object) null);
                    return null;
                });

        assertThat(audit.lines())
                .containsExactly(
                        "user/anna command program/shell begun camera-remove gate",
                        "user/anna command program/shell ok camera-remove gate");
    }

    @Test
    void refusalAndFailureAreToldWithoutTheirMessages() {
        commands.afterExecute(session, "x:y", new SecurityException("Kanarienvogel"));
        commands.afterExecute(session, "x:y", new IllegalStateException("Kanarienvogel"));

        assertThat(audit.lines())
                .containsExactly(
                        "part/shell command program/shell refused x:y (SecurityException)",
                        "part/shell command program/shell failed x:y (IllegalStateException)");
    }

    @Test
    void whatSessionsBeginWithAndHarmlessCommandsAreNotTold() {
        commands.beforeExecute(session, "// Runs in each new session.\nSCOPE = x");
        commands.beforeExecute(session, "SCOPE = x");
        commands.beforeExecute(session, "status");
        commands.beforeExecute(session, " ");

        assertThat(audit.lines()).isEmpty();
    }
}
