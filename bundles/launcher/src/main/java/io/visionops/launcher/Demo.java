package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.folder.Program;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code demo}: a throw-away instance with a live table of counts. */
final class Demo {

    private final Program program;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Demo(Program program, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.program = program;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    int run(Arguments arguments) {
        Path scene = program.home().resolve("demo/scene.mp4");
        if (arguments.words().isEmpty() && !Files.isReadable(scene)) {
            throw new Failure("the demo's scene is missing: " + scene);
        }
        DataFolder data = folder();
        // Nothing of it may stay, whatever happens.
        try {
            Arguments free =
                    new Arguments(
                            "demo",
                            arguments.words(),
                            data.root().toString(),
                            arguments.httpPort() == null ? 0 : arguments.httpPort(),
                            arguments.sshPort() == null ? 0 : arguments.sshPort(),
                            arguments.detector());
            return run(data, free, scene);
        } finally {
            Folders.tryRemove(data.root());
        }
    }

    private DataFolder folder() {
        Path temporary = Path.of(environment.getOrDefault("TMPDIR", "/tmp"));
        try {
            return new DataFolder(
                    Files.createTempDirectory(temporary, "visionops-demo.").toRealPath());
        } catch (IOException e) {
            throw new Failure("no folder can be made in " + temporary);
        }
    }

    private int run(DataFolder data, Arguments arguments, Path scene) {
        Launch launch = Launch.prepare(program, data, arguments, err);
        camera(data, arguments, scene);
        new LaunchNotice(data, out).show(program, launch);
        out.println("Ctrl-C ends it and removes its data");
        StartLog log = new StartLog(data);
        DemoTable table = new DemoTable(data, new Serving(data, log, environment), out, err);
        int status = new Supervisor(launch, environment, err).run(log, table);
        if (table.failed()) {
            return Failure.FAILED;
        }
        out.println("stopped");
        return status;
    }

    private static void camera(DataFolder data, Arguments arguments, Path scene) {
        boolean own = !arguments.words().isEmpty();
        String url = own ? arguments.words().get(0) : "file:" + scene;
        List<String> lines =
                List.of(
                        "url = " + url,
                        url.startsWith("file:") ? "loop = true" : "# live",
                        "line.door = 0.5,1 0.5," + (own ? "0" : "0.2"),
                        arguments.detector() == null
                                ? "detector = motion"
                                : "# " + arguments.detector());
        try {
            Folders.write(
                    data.etc().resolve("io.visionops.camera-demo.cfg"),
                    String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new Failure(
                    "the demo's camera cannot be written to "
                            + data.etc()
                            + ": "
                            + DataFolder.reason(e));
        }
    }
}
