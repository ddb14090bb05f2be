package io.visionops.login.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitorTest {

    @ParameterizedTest
    @CsvSource({
        "/127.0.0.1:4711, 127.0.0.1, true",
        "127.0.0.1:4711, 127.0.0.1, true",
        "localhost/127.0.0.1:4711, 127.0.0.1, true",
        "/[0:0:0:0:0:0:0:1]:4711, 0:0:0:0:0:0:0:1, true",
        "/192.0.2.7:4711, 192.0.2.7, false",
        "/[2001:db8:0:0:0:0:0:7]:4711, 2001:db8:0:0:0:0:0:7, false",
        "?, ?, false"
    })
    void theDoorTellsTheAddress(String told, String address, boolean local) {
        Visitor visitor = Visitor.of("anna", true, List.of(new ClientPrincipal("ssh", told)));

        assertThat(visitor.address()).isEqualTo(address);
        assertThat(visitor.isLocal()).isEqualTo(local);
        assertThat(visitor.door()).isEqualTo("ssh");
    }
}
