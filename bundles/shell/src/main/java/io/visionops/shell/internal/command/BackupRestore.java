package io.visionops.shell.internal.command;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.backup.BackupStatus;
import io.visionops.api.backup.Backups;
import io.visionops.api.backup.RestorePlan;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Secret;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.BackupIds;
import io.visionops.shell.internal.json.BackupStatusDocument;
import io.visionops.shell.internal.json.RestoreDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Restores a backup. Does not wait: backup-status says how far it is. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "backup-restore",
        description = "Shows what a restore does, and begins it; cameras go on meanwhile")
public final class BackupRestore extends VisionOpsCommand<RestoreDocument> {

    @Argument(
            name = "BACKUP|FILE",
            description = "Its name in backup-list, or a file of this computer")
    @Completion(BackupIds.class)
    private @Nullable String backup;

    @Option(
            name = "--until",
            description = "In place of a name: the newest proven one that is not newer than that")
    private @Nullable String until;

    @Option(name = "--dry-run", description = "Shows what would be done, and changes nothing")
    private boolean dryRun;

    @Option(
            name = "--key-file",
            description = "File with the recovery key, for a backup of another installation")
    private String keyFile = "";

    @Option(name = "--key", description = "Asks for the recovery key")
    private boolean key;

    @Override
    protected RestoreDocument answer(Parts parts) throws BackupException, IOException {
        Backups backups = parts.get(Part.BACKUPS);
        String place = place(parts, backups);
        Optional<String> secret = secret();
        if (dryRun) {
            return RestoreDocument.of(backups.plan(place, secret), null);
        }
        RestorePlan plan = backups.restore(place, secret, actor());
        BackupStatus status = backups.status();
        return RestoreDocument.of(plan, BackupStatusDocument.of(status));
    }

    private String place(Parts parts, Backups backups) throws BackupException {
        String name = backup;
        String latest = until;
        if (name != null && latest == null) {
            return place(name);
        }
        if (name != null || latest == null) {
            throw new CommandException("give the name of a backup, a file, or --until TIME");
        }
        Instant time = new TimeOption(clock().withZone(zone(parts))).until(latest);
        return backups.list().stream()
                .filter(one -> one.proven().isPresent() && !one.time().isAfter(time))
                .findFirst()
                .map(BackupInfo::id)
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "there is no proven backup that is not newer than "
                                                + Plain.line(latest)));
    }

    /** A file is meant as the shell stands, a name as the service knows it. */
    private String place(String backup) {
        if (!backup.contains("/") && !backup.contains(".")) {
            return backup;
        }
        try {
            return session.currentDir().resolve(backup).normalize().toString();
        } catch (InvalidPathException e) {
            throw new CommandException("no file can have that name: " + e.getReason(), e);
        }
    }

    private Optional<String> secret() throws IOException {
        if (!keyFile.isEmpty()) {
            return Optional.of(Secret.inFile(session, keyFile));
        }
        return key
                ? Optional.of(
                        Secret.asked(
                                session, "recovery key: ", "the recovery key", "--key-file FILE"))
                : Optional.empty();
    }

    @Override
    protected void print(RestoreDocument plan, PrintStream out) {
        out.println(
                Plain.line(plan.file())
                        + " of "
                        + Plain.line(String.valueOf(plan.time()))
                        + ", made by version "
                        + Plain.line(plan.version())
                        + ", schema "
                        + plan.schemaVersion());
        out.println(
                "database of "
                        + Plain.size(plan.databaseBytes())
                        + "; "
                        + Plain.size(plan.diskBytes())
                        + " are needed on the disk");
        new TreeMap<>(plan.rows())
                .forEach(
                        (table, rows) -> out.printf(Locale.ROOT, "  %-20s %d rows%n", table, rows));
        plan.configuration().forEach(file -> out.println("  " + Plain.line(file)));
        plan.models().forEach(file -> out.println("  " + Plain.line(file)));
        for (int i = 0; i < plan.steps().size(); i++) {
            out.println((i + 1) + ". " + Plain.line(plan.steps().get(i)));
        }
        out.println(
                plan.status() == null
                        ? "nothing was changed"
                        : "begun: backup-status says how far it is");
    }
}
