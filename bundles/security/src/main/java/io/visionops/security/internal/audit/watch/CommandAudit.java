package io.visionops.security.internal.audit.watch;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits what is typed into the shell, through whichever door: before it runs, so that what ends
 * the audit is in it, and how it ended. Karaf asks each service of this kind in the thread of the
 * command. Thread-safe.
 */
@Component(service = CommandSessionListener.class)
public final class CommandAudit implements CommandSessionListener {

    /** A disk that hangs holds up a command for so long. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(CommandAudit.class);
    private static final Subject SHELL = new Subject("program", "shell");

    private final Audit audit;
    private final Clock clock;

    /** What every session begins with, as a whole and line by line. */
    private final Set<String> scripts;

    @Activate
    public CommandAudit(BundleContext context, @Reference Audit audit) {
        this(audit, Clock.systemUTC(), read(context.getProperty("karaf.etc")));
    }

    CommandAudit(Audit audit, Clock clock, List<String> scripts) {
        this.audit = audit;
        this.clock = clock;
        this.scripts =
                scripts.stream()
                        .flatMap(one -> Stream.concat(Stream.of(one), one.lines()))
                        .map(String::strip)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> read(String etc) {
        List<String> scripts = new ArrayList<>();
        for (String name : List.of("shell.init.script", "shell.exec.script")) {
            try {
                scripts.add(Files.readString(Path.of(etc).resolve(name), StandardCharsets.UTF_8));
            } catch (IOException e) {
                LOG.debug("there is no script that sessions begin with", e);
            }
        }
        return scripts;
    }

    private boolean isAudited(CharSequence command) {
        String line = command.toString().strip();
        return !line.isEmpty() && !scripts.contains(line) && CommandText.isAudited(line);
    }

    @Override
    public void beforeExecute(CommandSession session, CharSequence command) {
        if (isAudited(command)) {
            tell(command, AuditEntry.BEGUN, "");
        }
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Exception failure) {
        if (isAudited(command)) {
            boolean refused =
                    failure instanceof SecurityException
                            || failure.getClass()
                                    .getSimpleName()
                                    .equals("CommandNotFoundException");
            // Its message may hold what was typed; the log has it.
            tell(
                    command,
                    refused ? AuditEntry.REFUSED : AuditEntry.FAILED,
                    " (" + failure.getClass().getSimpleName() + ")");
        }
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Object result) {
        if (isAudited(command)) {
            tell(command, AuditEntry.OK, "");
        }
    }

    private void tell(CharSequence command, String outcome, String more) {
        Optional<Actor> by = Callers.current();
        AuditEntry entry =
                new AuditEntry(
                        clock.instant(),
                        by.orElse(Actor.part("shell")),
                        "command",
                        SHELL,
                        outcome,
                        CommandText.masked(command.toString()) + more);
        try {
            audit.append(entry).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("a command is not in the audit yet: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
