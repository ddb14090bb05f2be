package io.visionops.launcher;

import io.visionops.launcher.channel.ChannelCall;
import io.visionops.launcher.channel.CommandChannel;
import io.visionops.launcher.channel.Interrupts;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.ProcessIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The instance that runs on a data folder, if one does. */
final class Running {

    private final DataFolder data;

    Running(DataFolder data) {
        this.data = data;
    }

    /** What a command printed. */
    record Answer(int status, String text) {}

    Optional<ProcessIdentity> java() {
        return ProcessIdentity.alive(data.javaPid());
    }

    Optional<ProcessIdentity> launcher() {
        return ProcessIdentity.alive(data.launcherPid());
    }

    Optional<ProcessIdentity> any() {
        return java().or(this::launcher);
    }

    boolean isGone() {
        return any().isEmpty();
    }

    /**
     * Runs a command and passes its answer on.
     *
     * @throws Failure when it cannot be asked
     */
    int ask(ChannelCall call, OutputStream out, OutputStream err) {
        try (CommandChannel channel =
                CommandChannel.open(
                        data.socket(), CommandChannel.SILENCE, Duration.ofDays(10_000))) {
            Interrupts.to(channel);
            channel.call(call);
            return channel.answer(out, err);
        } catch (IOException e) {
            throw new Failure("runs but its shell does not answer yet");
        }
    }

    /**
     * Runs a line and keeps what it prints.
     *
     * @param limit for the whole answer
     * @throws Failure when it does not answer in time
     */
    Answer ask(String line, Duration limit) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (CommandChannel channel = CommandChannel.open(data.socket(), limit, limit)) {
            channel.call(ChannelCall.line(line));
            int status = channel.answer(said, said);
            return new Answer(status, said.toString(StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new Failure("runs but its shell does not answer yet");
        }
    }
}
