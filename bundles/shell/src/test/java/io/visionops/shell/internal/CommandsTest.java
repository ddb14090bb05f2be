package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.junit.jupiter.api.Test;

class CommandsTest {

    @Test
    void everyCommandIsKnownToTheParser() {
        assertThat(Classes.actions()).containsExactlyInAnyOrderElementsOf(Commands.ALL);
    }

    @Test
    void everyCommandIsParsedAlikeAndInOneScope() {
        assertThat(Classes.actions())
                .allSatisfy(
                        type -> {
                            assertThat(type.getAnnotation(Parsing.class).value())
                                    .isEqualTo(LineParser.class);
                            assertThat(type.getAnnotation(Command.class).scope())
                                    .isEqualTo("visionops");
                        });
    }
}
