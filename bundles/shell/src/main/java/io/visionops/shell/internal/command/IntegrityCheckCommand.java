package io.visionops.shell.internal.command;

import io.visionops.api.database.DatabaseMaintenance;
import io.visionops.api.database.IntegrityDamage;
import io.visionops.api.database.IntegrityProgress;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.IntegrityDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Checks the database now. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "integrity-check",
        description = "Compares all rows with their checksums; what is damaged is repaired")
public final class IntegrityCheckCommand extends VisionOpsCommand<IntegrityDocument> {

    private static final Duration TELL = Duration.ofSeconds(2);

    @Option(
            name = "--full",
            description = "Also checks the structure of the file and the search index")
    private boolean full;

    private Instant told = Instant.EPOCH;

    @Override
    protected IntegrityDocument answer(Parts parts) throws IOException {
        DatabaseMaintenance database = parts.get(Part.DATABASE_MAINTENANCE);
        PrintStream out = System.out;
        try {
            return IntegrityDocument.of(
                    database.check(full, actor(), progress -> tell(progress, out)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("the check was ended", e);
        }
    }

    private void tell(IntegrityProgress progress, PrintStream out) {
        Instant now = clock().instant();
        if (!json && !now.isBefore(told.plus(TELL))) {
            told = now;
            out.println(progress.rows() + " rows, " + Plain.line(progress.stage()) + " ...");
            out.flush();
        }
    }

    @Override
    protected Optional<String> failure(IntegrityDocument result) {
        return result.good()
                ? Optional.empty()
                : Optional.of(
                        "the database is damaged; it is made anew of what is sound in it:"
                                + " events --type database-repaired. Examine the disk");
    }

    @Override
    protected void print(IntegrityDocument result, PrintStream out) {
        result.damage().stream()
                .map(IntegrityDamage::inWords)
                .forEach(words -> out.println(Plain.line(words)));
        out.println(
                result.rows()
                        + " rows were compared with their checksums"
                        + (result.full()
                                ? ", the structure of the file and the search index checked"
                                : "")
                        + " within "
                        + Plain.length(Duration.ofMillis(result.millis()))
                        + ": "
                        + (result.good() ? "all is sound" : "damage was found"));
    }
}
