package io.visionops.backup.internal.offsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.felix.hc.api.Result;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server, in this process. */
class OffsiteCopiesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String PASSWORD = "pass";

    @TempDir Path scratch;

    private final ManualClock clock = new ManualClock(NOON);
    private final List<BackupInfo> backups = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    private final OffsiteCopies copies =
            new OffsiteCopies(
                    () -> backups,
                    secret -> PASSWORD,
                    (id, good, detail) -> told.add(good + " " + detail),
                    clock,
                    clock);
    private Path remote;
    private SshServer server;
    private String hostKey;

    @BeforeEach
    void startServer() throws Exception {
        remote = Files.createDirectory(scratch.resolve("remote"));
        Files.createDirectory(scratch.resolve("local"));
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        SimpleGeneratorHostKeyProvider keys =
                new SimpleGeneratorHostKeyProvider(scratch.resolve("host"));
        keys.setAlgorithm("EC");
        server.setKeyPairProvider(keys);
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(remote));
        server.setPasswordAuthenticator(
                (user, password, session) -> {
                    logins.incrementAndGet();
                    return user.equals("anna") && password.equals(PASSWORD);
                });
        server.start();
        hostKey = SftpFolder.fingerprint(keys.loadKeys(null).iterator().next().getPublic());
    }

    @AfterEach
    void stopServer() throws IOException {
        server.stop(true);
    }

    private OffsiteSettings settings(String user, String key, int keep) {
        return new OffsiteSettings(
                "127.0.0.1",
                server.getPort(),
                user,
                "/shop",
                key,
                Optional.of("nas"),
                Optional.empty(),
                keep);
    }

    private OffsiteSettings settings() {
        return settings("anna", hostKey, 30);
    }

    private void made(int day, boolean proven) throws IOException {
        made(day, "0215", BackupInfo.FULL, proven);
    }

    private void made(int day, String hour, String kind, boolean proven) throws IOException {
        String id = "visionops-2026010" + day + "T" + hour + "00Z-" + kind;
        byte[] bytes = new byte[300_000 + day];
        bytes[17] = (byte) day;
        Path file = Files.write(scratch.resolve("local").resolve(id + ".vbk"), bytes);
        Instant time = NOON.plus(Duration.ofDays(day));
        backups.add(
                0,
                new BackupInfo(
                        id,
                        kind,
                        time,
                        bytes.length,
                        0,
                        proven ? Optional.of(time) : Optional.empty(),
                        "",
                        file.toString()));
    }

    private List<String> there() throws IOException {
        Path folder = remote.resolve("shop");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Result.Status check() {
        return OffsiteCheck.judge(copies.facts(), clock.instant()).getStatus();
    }

    @Test
    void theNewestProvenBackupIsCopiedAndIsTheSameThere() throws Exception {
        made(1, true);
        made(2, false);

        copies.look(settings());

        assertThat(there()).containsExactly("visionops-20260101T021500Z-full.vbk");
        assertThat(remote.resolve("shop").resolve(there().get(0)))
                .hasSameBinaryContentAs(Path.of(backups.get(1).file()));
        assertThat(told).singleElement().asString().startsWith("true").contains("anna@127.0.0.1");
        assertThat(check()).isEqualTo(Result.Status.OK);
    }

    @Test
    void whatIsThereAlreadyIsNotSentAgain() throws Exception {
        made(1, true);
        copies.look(settings());
        copies.look(settings());
        copies.forget();

        copies.look(settings());

        assertThat(logins).hasValue(2);
        assertThat(told).hasSize(1);
        assertThat(check()).isEqualTo(Result.Status.OK);
    }

    @Test
    void onlyTheNewestStayThere() throws Exception {
        for (int day = 1; day <= 4; day++) {
            made(day, true);
            copies.look(settings("anna", hostKey, 2));
        }
        Files.writeString(remote.resolve("shop/notes.txt"), "of somebody else");
        made(5, true);

        copies.look(settings("anna", hostKey, 2));

        assertThat(there())
                .containsExactly(
                        "notes.txt",
                        "visionops-20260104T021500Z-full.vbk",
                        "visionops-20260105T021500Z-full.vbk");
    }

    @Test
    void theNewestIncrementFollowsTheFullBackupThatItNeeds() throws Exception {
        made(1, true);
        made(1, "0300", BackupInfo.INCREMENT, true);
        made(1, "0400", BackupInfo.INCREMENT, true);
        made(1, "0500", BackupInfo.INCREMENT, false);

        copies.look(settings());

        assertThat(there())
                .containsExactly(
                        "visionops-20260101T021500Z-full.vbk",
                        "visionops-20260101T040000Z-increment.vbk");
        assertThat(told).singleElement().asString().contains("-full");

        made(1, "0600", BackupInfo.INCREMENT, true);
        copies.look(settings());
        assertThat(there()).hasSize(3);

        made(2, true);
        copies.look(settings());
        assertThat(there())
                .as("an increment is of no use when a full backup has come after it")
                .containsExactly(
                        "visionops-20260101T021500Z-full.vbk",
                        "visionops-20260102T021500Z-full.vbk");
    }

    @Test
    void anIncrementWhoseFullBackupIsNotProvenIsNotSent() throws Exception {
        made(1, false);
        made(1, "0300", BackupInfo.INCREMENT, true);

        copies.look(settings());

        assertThat(there()).isEmpty();
    }

    @Test
    void aServerWhoseKeyNobodyHasNamedIsGivenNoPassword() throws Exception {
        made(1, true);

        copies.look(settings("anna", "", 30));

        assertThat(logins).hasValue(0);
        assertThat(there()).isEmpty();
        assertThat(told).singleElement().asString().startsWith("false").contains(hostKey);
        assertThat(check()).isEqualTo(Result.Status.WARN);
    }

    @Test
    void aServerWithAnotherKeyIsGivenNothing() throws Exception {
        made(1, true);

        copies.look(settings("anna", "SHA256:" + "A".repeat(43), 30));

        assertThat(logins).hasValue(0);
        assertThat(told).singleElement().asString().contains("another host key");
    }

    @Test
    void aLoginThatIsRefusedIsTriedAgainAfterAWhileAndToldOnce() throws Exception {
        made(1, true);
        copies.look(settings("berta", hostKey, 30));
        int first = logins.get();
        copies.look(settings("berta", hostKey, 30));
        assertThat(logins).hasValue(first);

        clock.advance(Duration.ofMinutes(15));
        copies.look(settings("berta", hostKey, 30));

        assertThat(logins.get()).isGreaterThan(first);
        assertThat(told).hasSize(1);
        assertThat(check()).isEqualTo(Result.Status.WARN);
        clock.advance(Duration.ofDays(3));
        assertThat(check()).isEqualTo(Result.Status.CRITICAL);
        copies.look(settings());
        assertThat(there()).hasSize(1);
        assertThat(check()).isEqualTo(Result.Status.OK);
    }

    @Test
    void aServerThatIsAwayIsNamed() throws Exception {
        made(1, true);
        OffsiteSettings settings = settings();
        server.stop(true);

        copies.look(settings);

        assertThat(told).singleElement().asString().startsWith("false anna@127.0.0.1");
        assertThat(told.get(0)).doesNotContain(PASSWORD);
    }

    @Test
    void halfACopyIsNoBackupAndIsWrittenAnew() throws Exception {
        made(1, true);
        Files.createDirectory(remote.resolve("shop"));
        Files.write(
                remote.resolve("shop/visionops-20260101T021500Z-full.vbk.part"), new byte[400_000]);

        copies.look(settings());

        assertThat(there()).containsExactly("visionops-20260101T021500Z-full.vbk");
        assertThat(remote.resolve("shop").resolve(there().get(0)))
                .hasSameBinaryContentAs(Path.of(backups.get(0).file()));
    }

    @Test
    void withoutASecretNobodyIsAsked() throws Exception {
        made(1, true);
        OffsiteCopies without =
                new OffsiteCopies(
                        () -> backups,
                        secret -> {
                            throw new BackupException("there is no secret " + secret);
                        },
                        (id, good, detail) -> told.add(detail),
                        clock,
                        clock);

        without.look(settings());

        assertThat(told).containsExactly("there is no secret nas");
        assertThat(logins).hasValue(0);
    }

    @Test
    void whatCannotBeListedIsSaid() {
        OffsiteCopies without =
                new OffsiteCopies(
                        () -> {
                            throw new BackupException("unreadable");
                        },
                        secret -> PASSWORD,
                        (id, good, detail) -> told.add(detail),
                        clock,
                        clock);
        assertThatThrownBy(() -> without.look(settings())).isInstanceOf(BackupException.class);
    }
}
