package io.visionops.shell.internal.command;

import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdatePlan;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.completion.KeptReleases;
import java.util.OptionalLong;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Goes back to a release that is kept. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "update-rollback",
        description = "Begins to go back to a release that is kept; update-status lists them")
public final class UpdateRollback extends PlanCommand {

    @Argument(
            index = 0,
            name = "RELEASE",
            description = "Its number; without it the one before, 0 is the program as unpacked")
    @Completion(KeptReleases.class)
    private String release = "";

    @Override
    protected UpdatePlan answer(Parts parts) throws UpdateException {
        return parts.get(Part.UPDATES).rollback(number(), actor());
    }

    private OptionalLong number() {
        if (release.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!release.matches("[0-9]{1,6}")) {
            throw new CommandException("RELEASE must be a number, not " + release);
        }
        return OptionalLong.of(Long.parseLong(release));
    }

    @Override
    String said() {
        return "begun: update-status says how far it is";
    }
}
