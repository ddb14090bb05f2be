package io.visionops.updater.internal.maker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.visionops.api.time.Ticker;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.source.HttpLimits;
import io.visionops.updater.internal.source.HttpSource;
import io.visionops.updater.internal.source.Source;
import io.visionops.updater.internal.trust.ProductIdentity;
import io.visionops.updater.internal.trust.UpdateRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedRepositoryTest {

    @TempDir private Path folder;

    @Test
    void whatTheToolSignsIsInstalledFromAWebServerByteForByte() throws Exception {
        Distribution program = new Distribution(folder.resolve("program"));
        tool("new-keys", folder + "/keys");
        sign(program, "1");
        tool(
                "rotate",
                "targets",
                "--keys",
                folder + "/keys",
                "--repository",
                folder + "/repository");
        program.bundle("ingest", "1.1.0", "newer");
        sign(program, "2");

        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (HttpSource source = new HttpSource(address, HttpLimits.DEFAULT, Ticker.system())) {
            UpdateRepository client =
                    new UpdateRepository(
                            folder.resolve("trust"),
                            folder.resolve("keys/1.root.json"),
                            source,
                            Clock.systemUTC(),
                            new ProductIdentity("visionops", "linux-x86_64", Instant.EPOCH));

            Release release = client.refresh();

            assertThat(release.number()).isEqualTo(2);
            Path staging = Files.createTempDirectory(folder, "staging");
            for (Map.Entry<String, ReleaseFile> one : release.files().entrySet()) {
                Path target = staging.resolve(one.getKey().replace('/', '_'));
                source.file(one.getValue(), target, Source.Progress.NONE);
                assertThat(target).hasSameBinaryContentAs(program.folder().resolve(one.getKey()));
            }
        } finally {
            server.stop(0);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        Path file = folder.resolve("repository" + exchange.getRequestURI().getPath());
        if (Files.exists(file)) {
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    private void sign(Distribution program, String number) {
        tool(
                "sign",
                "--keys",
                folder + "/keys",
                "--repository",
                folder + "/repository",
                "--from",
                program.folder().toString(),
                "--number",
                number);
    }

    private static void tool(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(new ReleaseTool(out, Clock.systemUTC()).run(List.of(words), out))
                .as(() -> said.toString(StandardCharsets.UTF_8))
                .isZero();
    }
}
