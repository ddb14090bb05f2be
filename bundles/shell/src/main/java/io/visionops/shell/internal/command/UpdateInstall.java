package io.visionops.shell.internal.command;

import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdatePlan;
import io.visionops.api.update.Updates;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Words;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Installs the newest release. Does not wait: this command may be what is swapped. */
@Service
@Parsing(Words.class)
@Command(
        scope = "visionops",
        name = "update-install",
        description = "Begins to install the newest release; what is bad is gone back from")
public final class UpdateInstall extends PlanCommand {

    @Option(name = "--dry-run", description = "Shows what would change, and changes nothing")
    private boolean dryRun;

    @Option(name = "--again", description = "Also a release that was gone back from")
    private boolean again;

    @Override
    protected UpdatePlan answer(Parts parts) throws UpdateException {
        Updates updates = parts.get(Part.UPDATES);
        return dryRun ? updates.plan(actor()) : updates.install(again, actor());
    }

    @Override
    String said() {
        return dryRun ? "nothing was changed" : "begun: update-status says how far it is";
    }
}
