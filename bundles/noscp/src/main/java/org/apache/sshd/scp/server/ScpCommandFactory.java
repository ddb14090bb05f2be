package org.apache.sshd.scp.server;

import java.io.IOException;
import java.util.Objects;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.command.CommandFactory;
import org.jspecify.annotations.Nullable;

/** Passes every command on, {@code scp} as well: no file is copied over ssh. Thread-safe. */
public final class ScpCommandFactory implements CommandFactory {

    private final CommandFactory delegate;

    private ScpCommandFactory(CommandFactory delegate) {
        this.delegate = delegate;
    }

    @Override
    public Command createCommand(ChannelSession channel, String command) throws IOException {
        return delegate.createCommand(channel, command);
    }

    /** Makes a factory as the class of this name in sshd does. */
    public static final class Builder {

        private @Nullable CommandFactory delegate;

        /**
         * @param factory of the commands of the shell
         */
        public Builder withDelegate(CommandFactory factory) {
            delegate = factory;
            return this;
        }

        public ScpCommandFactory build() {
            return new ScpCommandFactory(Objects.requireNonNull(delegate, "delegate"));
        }
    }
}
