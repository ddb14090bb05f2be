package io.visionops.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.visionops.console.internal.PageProbe.Found;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesCheckTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T12:00:00Z"));
    private HttpServer server;
    private volatile int status = 200;
    private int asked;
    private PagesJudge judge;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/health/live",
                request -> {
                    request.sendResponseHeaders(status, -1);
                    request.close();
                });
        server.start();
        judge =
                new PagesJudge(
                        () -> {
                            asked++;
                            return PageProbe.ask(address(server.getAddress().getPort()));
                        },
                        clock);
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port + "/";
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private Result look() {
        judge.lookIfDue();
        return judge.result();
    }

    private Result lookAfter(Duration time) {
        clock.advance(time);
        return look();
    }

    @Test
    void aPageThatIsServedIsAskedForEachHalfMinute() {
        assertThat(judge.result().getStatus()).isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);

        assertThat(look().getStatus()).isEqualTo(Result.Status.OK);
        assertThat(lookAfter(Duration.ofSeconds(29)).getStatus()).isEqualTo(Result.Status.OK);
        assertThat(asked).isEqualTo(1);
        assertThat(lookAfter(Duration.ofSeconds(1)).getStatus()).isEqualTo(Result.Status.OK);
        assertThat(asked).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"200, SERVED", "503, SERVED", "403, REFUSED", "404, NOT_SERVED", "500, NOT_SERVED"})
    void theStatusOfTheAnswerTellsWhetherPagesAreServed(int status, Found found) {
        this.status = status;

        assertThat(PageProbe.ask(address(server.getAddress().getPort())).found()).isEqualTo(found);
    }

    @Test
    void pagesThatTheWebServerHasLostAreCriticalAfterThreeLooksAndWellWhenTheyAreBack() {
        status = 404;
        assertThat(look().getStatus()).isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);
        assertThat(lookAfter(PagesJudge.SOON).getStatus())
                .isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);

        Result lost = lookAfter(PagesJudge.SOON);

        assertThat(lost.getStatus()).isEqualTo(Result.Status.CRITICAL);
        assertThat(lost.toString()).contains("/health/live answers 404");
        status = 200;
        assertThat(lookAfter(PagesJudge.SOON).getStatus()).isEqualTo(Result.Status.OK);
    }

    /** No restart of the program would mend a port that somebody else has. */
    @Test
    void aWebServerThatDoesNotAnswerIsAWarning() {
        server.stop(0);
        for (int i = 0; i < PagesJudge.FAULTS; i++) {
            lookAfter(PagesJudge.SOON);
        }

        assertThat(judge.result().getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(judge.result().toString()).contains("does not answer: Connection refused");
    }

    @Test
    void oneThatTakesAConnectionAndSaysNothingIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PageProbe.ask(address(silent.getLocalPort())).found())
                    .isEqualTo(Found.NO_ANSWER);
        }
    }

    @Test
    void aServerAtAllAddressesIsAskedAtTheLocalOneAndOneWithoutPlainHttpIsNot() {
        int port = server.getAddress().getPort();

        assertThat(PageProbe.ask("https://0.0.0.0:1/", "http://0.0.0.0:" + port + "/").found())
                .isEqualTo(Found.SERVED);
        assertThat(PageProbe.ask("http://[0:0:0:0:0:0:0:0]:" + port + "/").found())
                .isEqualTo(Found.SERVED);
        assertThat(PageProbe.ask("https://127.0.0.1:1/").found()).isEqualTo(Found.NOT_ASKED);
        assertThat(PageProbe.ask().found()).isEqualTo(Found.NOT_ASKED);
    }

    @Test
    void looksThatHaveStoppedAreToldOf() {
        look();
        clock.advance(PagesJudge.OLDEST.plusSeconds(1));

        assertThat(judge.result().getStatus()).isEqualTo(Result.Status.WARN);
    }
}
