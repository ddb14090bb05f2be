package io.visionops.login.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {

    private static final String HOST = "127.0.0.1:8181";

    private final RequestRules rules = new RequestRules(Set.of("cameras.example.org"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8181",
                "localhost:8181",
                "LOCALHOST:8181",
                "localhost",
                "[::1]:8181",
                "localhost:9000",
                "cameras.example.org",
                "cameras.example.org:443"
            })
    void aHostOfOursIsLetIn(String host) {
        assertThat(isLetIn(get(List.of(host)))).isTrue();
    }

    /** What a page of a stranger asks under his own name, after he pointed it here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:8181",
                "127.0.0.1.evil.example:8181",
                "localhost.evil.example",
                "evil.example#127.0.0.1",
                "127.0.0.1:8181@evil.example",
                "user@127.0.0.1:8181",
                "127.0.0.1:8181:8181",
                "127.0.0.1:",
                "127.1",
                "0.0.0.0:8181",
                "[::]:8181",
                "localhost\\evil",
                "cameras.example.org.evil.example"
            })
    void aHostOfSomebodyElseIsRefused(String host) {
        assertThat(isLetIn(get(List.of(host)))).isFalse();
    }

    @Test
    void oneHostMustBeNamed() {
        assertThat(isLetIn(get(List.of()))).isFalse();
        assertThat(isLetIn(get(List.of(HOST, "evil.example")))).isFalse();
    }

    @Test
    void aProgramThatIsNoBrowserIsLetIn() {
        assertThat(isLetIn(post(null, null, null, null, null))).isTrue();
    }

    @Test
    void aFormOfOurPageIsLetIn() {
        assertThat(
                        isLetIn(
                                post(
                                        "http://127.0.0.1:8181",
                                        null,
                                        "same-origin",
                                        "navigate",
                                        "document")))
                .isTrue();
        assertThat(isLetIn(post("HTTP://127.0.0.1:8181", null, null, null, null))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://evil.example",
                "http://127.0.0.1",
                "http://127.0.0.1:3000",
                "http://localhost:8181",
                "http://127.0.0.1:8181.evil.example",
                "http://127.0.0.1:8181@evil.example",
                "file://",
                "chrome-extension://abc",
                "http://[",
                "127.0.0.1:8181"
            })
    void aFormOfAnotherOriginIsRefused(String origin) {
        assertThat(isLetIn(post(origin, null, null, null, null))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"http://evil.example/page", "http://127.0.0.1:3000/", "nonsense"})
    void aFormWithoutOriginIsJudgedByThePageThatItNames(String referer) {
        assertThat(isLetIn(post(null, referer, null, null, null))).isFalse();
        assertThat(isLetIn(post(null, "http://127.0.0.1:8181/system/console", null, null, null)))
                .isTrue();
    }

    /** Another port of this computer is the same site, and not ours. */
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "something-new"})
    void whatTheBrowserCallsForeignIsRefused(String site) {
        assertThat(isLetIn(post("http://127.0.0.1:8181", null, site, "cors", "empty"))).isFalse();
        assertThat(isLetIn(head("GET", null, null, site, "no-cors", "image"))).isFalse();
        assertThat(isLetIn(head("GET", null, null, site, "navigate", "iframe"))).isFalse();
        assertThat(isLetIn(head("POST", null, null, site, "navigate", "document"))).isFalse();
    }

    @Test
    void aLinkToOurPageIsFollowed() {
        assertThat(isLetIn(head("GET", null, null, "cross-site", "navigate", "document"))).isTrue();
        assertThat(isLetIn(head("GET", null, null, "none", "navigate", "document"))).isTrue();
    }

    @Test
    void behindAReverseProxyThePageHasItsName() {
        RequestHead kept =
                new RequestHead(
                        "POST",
                        List.of("cameras.example.org"),
                        List.of("https://cameras.example.org"),
                        null,
                        "same-origin",
                        "cors",
                        "empty");
        assertThat(isLetIn(kept)).isTrue();
        assertThat(isLetIn(post("https://cameras.example.org", null, "same-origin", null, null)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "CONNECT", "get", "PROPFIND", ""})
    void otherMethodsAreRefused(String method) {
        assertThat(isLetIn(head(method, null, null, null, null, null))).isFalse();
    }

    private boolean isLetIn(RequestHead head) {
        return rules.refusal(head).isEmpty();
    }

    private static RequestHead get(List<String> hosts) {
        return new RequestHead("GET", hosts, List.of(), null, null, null, null);
    }

    private static RequestHead post(
            String origin, String referer, String site, String mode, String dest) {
        return head("POST", origin, referer, site, mode, dest);
    }

    private static RequestHead head(
            String method, String origin, String referer, String site, String mode, String dest) {
        return new RequestHead(
                method,
                List.of(HOST),
                origin == null ? List.of() : List.of(origin),
                referer,
                site,
                mode,
                dest);
    }
}
