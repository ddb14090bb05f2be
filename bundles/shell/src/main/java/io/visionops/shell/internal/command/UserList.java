package io.visionops.shell.internal.command;

import io.visionops.api.user.UserException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.UserRow;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The users there are. */
@Service
@Parsing(LineParser.class)
@Command(scope = "visionops", name = "user-list", description = "Lists who may log in, and as what")
public final class UserList extends VisionOpsCommand<List<UserRow>> {

    @Override
    protected List<UserRow> answer(Parts parts) throws UserException {
        return parts.get(Part.USERS).list().stream().map(UserRow::of).toList();
    }

    @Override
    protected void print(List<UserRow> rows, PrintStream out) {
        Table table = new Table("no users", "User", "Role", "Password", "Key");
        for (UserRow row : rows) {
            table.row(
                    row.name(),
                    row.role() == null ? "none" : row.role(),
                    row.password() ? "yes" : "no",
                    row.key() ? "yes" : "no");
        }
        table.print(out, width());
    }
}
