package io.visionops.shell.internal;

import io.visionops.api.audit.AuditException;
import io.visionops.api.backup.BackupException;
import io.visionops.api.camera.CameraException;
import io.visionops.api.model.ModelException;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.query.JournalReader;
import io.visionops.api.secret.SecretException;
import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdateException;
import io.visionops.api.user.UserException;
import io.visionops.shell.internal.json.Json;
import io.visionops.support.log.LogContext;
import java.io.IOException;
import java.io.PrintStream;
import java.security.AccessController;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all commands do alike: ask the parts, then print the answer as a table or as JSON, or end
 * with one line that says what is wrong. Karaf makes one instance a call and injects the fields.
 *
 * @param <T> the answer
 */
public abstract class VisionOpsCommand<T> implements Action {

    /** Longer than a swap of a bundle takes, shorter than a person's patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(VisionOpsCommand.class);

    @Reference
    @SuppressWarnings("NullAway.Init")
    protected Session session;

    @Reference
    @SuppressWarnings("NullAway.Init")
    protected BundleContext bundles;

    @Option(name = "--json", description = "Prints one JSON document instead of a table")
    protected boolean json;

    private Clock clock = Clock.system(ZoneId.systemDefault());
    private Duration patience = PATIENCE;
    private @Nullable ZoneId zone;

    /** Does what the command is for. */
    protected abstract T answer(Parts parts)
            throws AuditException,
                    BackupException,
                    CameraException,
                    ModelException,
                    SecretException,
                    UpdateException,
                    UserException,
                    IOException;

    /** Prints the answer for a person. */
    protected abstract void print(T answer, PrintStream out);

    /** The answer as it is printed with {@code --json}. */
    protected Object document(T answer) {
        return answer;
    }

    /** Why an answer is a failure all the same; one line. */
    protected Optional<String> failure(T answer) {
        return Optional.empty();
    }

    /**
     * What the program {@code visionops} ends with after an answer that is none of a failure; a
     * script goes by it.
     */
    protected int exitStatus(T answer) {
        return 0;
    }

    /**
     * Characters of a line of the terminal; 0 when there is none. The program {@code visionops} has
     * the terminal of the person who called it, and says how wide that is.
     */
    protected final int width() {
        Terminal terminal = session.getTerminal();
        if (terminal != null && terminal.getWidth() > 0) {
            return terminal.getWidth();
        }
        String said = String.valueOf(session.get("COLUMNS"));
        return said.matches("[0-9]{1,4}") ? Integer.parseInt(said) : 0;
    }

    /** Who runs the command, for what it changes. */
    protected final Actor actor() {
        return names("UserPrincipal").findFirst().map(Actor::user).orElse(Actor.part("shell"));
    }

    /** Whether whoever runs the command has this role. */
    protected final boolean hasRole(String role) {
        return names("RolePrincipal").anyMatch(role::equals);
    }

    /** By name, since the classes of principals are not those of this bundle. */
    @SuppressWarnings("removal") // Karaf runs commands by it, up to Java 21.
    private static Stream<String> names(String type) {
        Subject caller = Subject.getSubject(AccessController.getContext());
        return Optional.ofNullable(caller).stream()
                .flatMap(one -> one.getPrincipals().stream())
                .filter(principal -> principal.getClass().getSimpleName().equals(type))
                .map(Principal::getName);
    }

    /** In which days begin for people: the one that is configured, else that of this computer. */
    protected final ZoneId zone(Parts parts) {
        zone = parts.find(Part.JOURNAL_READER).map(JournalReader::zone).orElse(clock.getZone());
        return zone;
    }

    /** A time for a person to read, in the zone that was asked for last. */
    protected final String time(Instant time) {
        return Plain.time(time, zone == null ? clock.getZone() : zone);
    }

    protected final Clock clock() {
        return clock;
    }

    /** For tests: Karaf cannot inject one. */
    void setClock(Clock clock) {
        this.clock = clock;
    }

    /** How long all missing parts together are waited for. */
    void setPatience(Duration patience) {
        this.patience = patience;
    }

    @Override
    public final @Nullable Object execute() {
        // The shell names the thread by the whole line, and with it the log every line of it: an
        // address with its password.
        Thread thread = Thread.currentThread();
        String line = thread.getName();
        thread.setName("visionops-shell-" + getClass().getSimpleName());
        LogContext context = LogContext.work();
        try {
            int status = answerAndShow();
            // Karaf prints what a command returns where a person types; else it ends with it.
            return status == 0 || session.getTerminal() != null ? null : Integer.valueOf(status);
        } finally {
            context.close();
            thread.setName(line);
        }
    }

    private int answerAndShow() {
        try (Parts parts = new Parts(bundles, patience)) {
            T answer = answer(parts);
            show(answer);
            return exitStatus(answer);
        } catch (CommandException | CommandReplacedException e) {
            throw e;
        } catch (AuditException
                | CameraException
                | BackupException
                | ModelException
                | UpdateException
                | SecretException
                | UserException
                | JournalReadException
                | IOException
                | IllegalArgumentException e) {
            throw new CommandException(reason(e), e);
        } catch (RuntimeException e) {
            LOG.error("{} failed", getClass().getSimpleName(), e);
            throw new CommandException("unexpected: " + reason(e) + "; the log has more", e);
        }
    }

    private void show(T answer) {
        // What the shell has bound to this thread: the console, or the pipe to the next command.
        PrintStream out = System.out;
        Optional<String> failure = failure(answer);
        if (!json) {
            print(answer, out);
        } else if (failure.isEmpty()) {
            out.print(Json.write(document(answer)) + "\n");
        } else {
            // Karaf prints the line of the exception: so the document stays alone.
            throw new CommandException(Json.write(document(answer)));
        }
        out.flush();
        if (failure.isPresent()) {
            throw new CommandException(Plain.line(failure.get()));
        }
    }

    private static String reason(Exception e) {
        String line = Plain.line(e.getMessage());
        return line.isEmpty() ? e.getClass().getSimpleName() : line;
    }
}
