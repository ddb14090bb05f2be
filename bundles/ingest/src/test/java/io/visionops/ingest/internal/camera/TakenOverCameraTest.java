package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraTrust;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LoginScheme;
import io.visionops.testkit.TlsFront;
import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody else answers at a camera's address: he learns no password from us. */
@Tag("slow")
class TakenOverCameraTest extends NetworkRig {

    private static final String LOGIN = "viewer:s3cret";
    private static final Login DIGEST = new Login("viewer", "s3cret", true);
    private static final Login BASIC = new Login("viewer", "s3cret", false);

    private HostileCamera camera(int port, Login login) throws Exception {
        return HostileCamera.start(videos, port, Optional.of(login));
    }

    private void awaitRefusal(Cause cause) {
        Rig.soon()
                .until(
                        () ->
                                rig.camera("front")
                                        .status()
                                        .fault()
                                        .map(Fault::cause)
                                        .equals(Optional.of(cause)));
        rig.awaitState("front", CameraState.OFFLINE);
    }

    @Test
    void whoAsksForThePasswordInClearIsGivenNoneUntilThatIsAccepted() throws Exception {
        HostileCamera honest = camera(0, DIGEST);
        rig.configure("front", "url", honest.url(LOGIN, "front"), "reconnect.probe", "2s");
        rig.awaitState("front", CameraState.STREAMING);
        assertThat(honest.given()).isNotEmpty().allMatch(given -> given.startsWith("Digest "));

        honest.close();
        try (HostileCamera thief = camera(honest.port(), BASIC)) {
            awaitRefusal(Cause.WEAKER_LOGIN);
            assertThat(rig.camera("front").status().fault().orElseThrow().detail())
                    .isEqualTo("asks for the password in clear now, it asked for a digest before");
            long before = thief.accepted();
            Rig.soon().until(() -> thief.accepted() > before);
            assertThat(thief.given()).isEmpty();
            CameraTrust trust = rig.camera("front").trust().get(0);
            assertThat(trust.known().orElseThrow().login()).isEqualTo(LoginScheme.DIGEST_MD5);
            assertThat(trust.refused().orElseThrow().login()).isEqualTo(LoginScheme.BASIC);

            assertThat(rig.camera("front").acceptIdentity(Rig.ADMIN)).isTrue();

            rig.awaitState("front", CameraState.STREAMING);
            assertThat(thief.given()).isNotEmpty();
            assertThat(rig.camera("front").acceptIdentity(Rig.ADMIN)).isFalse();
        }
    }

    @Test
    void whoSendsUsToSomebodyElseDoesNotGetTheLoginSentThere() throws Exception {
        try (HostileCamera thief = camera(0, BASIC)) {
            String url = thief.url(LOGIN, "redirect-away");
            rig.configure("front", "url", url, "reconnect.probe", "2s");

            awaitRefusal(Cause.NOT_FOUND);

            assertThat(rig.camera("front").status().fault().orElseThrow().detail())
                    .isEqualTo(
                            "the camera sends us to rtsp://localhost:"
                                    + thief.port()
                                    + "/redirect-away-there, which is not given its login: write"
                                    + " that address, if it is right");
            assertThat(thief.given()).isEmpty();
        }
    }

    /** What the decoder follows to the same host, the login included. */
    @Test
    void withoutALoginARedirectionIsFollowed() throws Exception {
        try (HostileCamera camera = HostileCamera.start(videos)) {
            rig.configure("front", "url", camera.url("redirect-away"));

            rig.awaitState("front", CameraState.STREAMING);
        }
    }

    @Test
    void whoHasAnotherCertificateIsAskedForNothing() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path other = Files.createDirectory(folder.resolve("other"));
        try (HostileCamera honest = camera(0, DIGEST);
                HostileCamera thief = camera(0, DIGEST)) {
            TlsFront front = TlsFront.before(honest.port(), one);
            String url = "rtsps://" + LOGIN + "@127.0.0.1:" + front.port() + "/front";
            rig.configure("front", "url", url, "reconnect.probe", "2s");
            rig.awaitState("front", CameraState.STREAMING);

            front.close();
            try (TlsFront impostor = TlsFront.before(thief.port(), other, front.port())) {
                awaitRefusal(Cause.OTHER_CERTIFICATE);
                assertThat(thief.given()).isEmpty();

                rig.camera("front").acceptIdentity(Rig.ADMIN);

                rig.awaitState("front", CameraState.STREAMING);
            }
        }
    }

    @Test
    void theDecoderIsHeldToTheCertificateAndLeftToASuccessor() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        try (HostileCamera honest = camera(0, DIGEST);
                TlsFront front = TlsFront.before(honest.port(), one)) {
            String url = "rtsps://" + LOGIN + "@127.0.0.1:" + front.port() + "/front";
            rig.configure("front", "url", url);
            rig.awaitState("front", CameraState.STREAMING);
            rig.camera("front").reconnect(Rig.ADMIN);
            Rig.soon().until(() -> rig.camera("front").status().state() != CameraState.STREAMING);
            rig.awaitState("front", CameraState.STREAMING);
            long pid = rig.camera("front").connection().orElseThrow().process().pid();

            rig.swap();
            rig.configure("front", "url", url);

            Rig.soon().until(() -> rig.camera("front").connection().isPresent());
            assertThat(rig.camera("front").connection().orElseThrow().process().pid())
                    .isEqualTo(pid);
        }
    }

    @Test
    void whatIsRememberedGoesWithTheCamera() throws Exception {
        try (HostileCamera honest = camera(0, DIGEST)) {
            Path remembered = rig.context.folder().resolve("front.trust");
            rig.configure("front", "url", honest.url(LOGIN, "front"));
            rig.awaitState("front", CameraState.STREAMING);
            Rig.soon().until(() -> Files.exists(remembered));

            rig.delete("front");

            Rig.soon().until(() -> !Files.exists(remembered));
        }
    }

    @Test
    void aCameraThatIsBackAsksAsBeforeAndIsBackSoon() throws Exception {
        HostileCamera honest = camera(0, DIGEST);
        rig.configure("front", "url", honest.url(LOGIN, "front"));
        rig.awaitState("front", CameraState.STREAMING);
        honest.close();
        rig.awaitState("front", CameraState.BACKOFF);

        try (HostileCamera again = camera(honest.port(), DIGEST)) {
            rig.awaitState("front", CameraState.STREAMING);
            assertThat(again.given()).allMatch(given -> given.startsWith("Digest "));
        }
    }
}
