package io.visionops.shell.internal.command;

import io.visionops.api.update.InstallRequest;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdatePlan;
import io.visionops.api.update.Updates;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.support.DurationText;
import java.time.Duration;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Installs the newest release. Does not wait: this command may be what is swapped. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "update-install",
        description = "Begins to install the newest release; what is bad is gone back from")
public final class UpdateInstall extends PlanCommand {

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    @Option(name = "--dry-run", description = "Shows what would change, and changes nothing")
    private boolean dryRun;

    @Option(name = "--again", description = "Also a release that was gone back from")
    private boolean again;

    @Option(
            name = "--canary",
            description =
                    "Camera on which the analysis of the release runs first, beside the present one")
    @Completion(CameraNames.class)
    private String canary = "";

    @Option(name = "--for", description = "How long it does: 5m (10m where nothing is said)")
    private String length = "";

    @Override
    protected UpdatePlan answer(Parts parts) throws UpdateException {
        Updates updates = parts.get(Part.UPDATES);
        if (!length.isEmpty() && canary.isEmpty()) {
            throw new CommandException("--for says how long --canary takes");
        }
        InstallRequest request =
                new InstallRequest(
                        again,
                        Optional.of(canary).filter(one -> !one.isEmpty()),
                        length.isEmpty() ? InstallRequest.DEFAULT_LENGTH : lengthOf(length));
        return dryRun ? updates.plan(actor()) : updates.install(request, actor());
    }

    private static Duration lengthOf(String text) {
        return DurationText.parse(text)
                .filter(one -> one.compareTo(SHORTEST) >= 0 && one.compareTo(LONGEST) <= 0)
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "--for " + Plain.line(text) + ": must be 10s..1d, as 5m"));
    }

    @Override
    String said() {
        return dryRun ? "nothing was changed" : "begun: update-status says how far it is";
    }
}
