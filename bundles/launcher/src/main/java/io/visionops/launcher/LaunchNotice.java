package io.visionops.launcher;

import io.visionops.launcher.channel.Terminals;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.folder.Program;
import java.io.PrintStream;
import java.nio.file.Path;

/** What a person is told of what is about to start: where it lies and where it is reached. */
final class LaunchNotice {

    private final DataFolder data;
    private final PrintStream out;

    LaunchNotice(DataFolder data, PrintStream out) {
        this.data = data;
        this.out = out;
    }

    void show(Program program, Launch launch) {
        out.println(
                "VisionOps "
                        + launch.program().version()
                        + (launch.generation().number() == 0
                                ? ""
                                : ", release " + launch.generation().number()));
        out.println("data      " + data.root());
        out.println("page      http://127.0.0.1:" + launch.ports().http() + "/system/console");
        out.println(
                "shell     visionops shell, or ssh -p "
                        + launch.ports().ssh()
                        + " admin@127.0.0.1");
        data.shortOfSpace(program).ifPresent(space -> out.println("disk      " + space));
        launch.password().ifPresent(this::showPassword);
    }

    /** To a terminal only: what a service prints is kept in a journal that others read. */
    private void showPassword(String password) {
        Path file = data.etc().resolve("admin-password");
        out.println(
                "password  of admin: "
                        + (Terminals.isThere()
                                ? password + " (shown this once; it is in " + file + ")"
                                : "in " + file));
    }
}
