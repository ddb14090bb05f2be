package org.apache.sshd.scp.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ScpCommandFactoryTest {

    @Test
    void whatAsksForScpIsPassedOnToTheShell() {
        ScpCommandFactory factory =
                new ScpCommandFactory.Builder()
                        .withDelegate(
                                (channel, command) -> {
                                    throw new IOException("the shell got: " + command);
                                })
                        .build();

        assertThatThrownBy(() -> factory.createCommand(null, "scp -t /etc"))
                .isInstanceOf(IOException.class)
                .hasMessage("the shell got: scp -t /etc");
    }
}
