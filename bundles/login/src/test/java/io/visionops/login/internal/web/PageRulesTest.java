package io.visionops.login.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "admin"})
    void everyRoleMayReadMetrics(String role) {
        assertThat(PageRules.allow("GET", "/metrics", List.of(role))).isTrue();
        assertThat(PageRules.allow("HEAD", "/metrics", List.of("ssh", role))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "admin"})
    void everyRoleMayReadHealth(String role) {
        assertThat(PageRules.allow("GET", "/health/ready", List.of(role))).isTrue();
        assertThat(PageRules.allow("GET", "/health/tree", List.of(role))).isTrue();
        assertThat(PageRules.allow("POST", "/health/tree", List.of("viewer"))).isFalse();
    }

    @Test
    void onePageIsOpenAndOnlyAsItIsWritten() {
        assertThat(PageRules.isOpen("GET", "/health/live")).isTrue();
        assertThat(PageRules.isOpen("HEAD", "/health/live")).isTrue();
        assertThat(PageRules.isOpen("POST", "/health/live")).isFalse();
        for (String path :
                List.of(
                        "/health/live/",
                        "/health/live;a=b",
                        "/health/live/../tree",
                        "//health/live",
                        "/health/%6cive",
                        "/health/ready",
                        "/health/tree",
                        "/metrics",
                        "/")) {
            assertThat(PageRules.isOpen("GET", path)).as(path).isFalse();
        }
    }

    @Test
    void aUserWithoutARoleOfOursMayNothing() {
        assertThat(PageRules.allow("GET", "/metrics", List.of())).isFalse();
        assertThat(PageRules.allow("GET", "/metrics", List.of("ssh", "group"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics/", "/metrics;a=b", "/metrics/more", "//metrics", "/x"})
    void whatNoRuleNamesIsTheAdmins(String path) {
        assertThat(PageRules.allow("GET", path, List.of("viewer", "operator"))).isFalse();
        assertThat(PageRules.allow("GET", path, List.of("admin"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get"})
    void aMethodThatNoRuleNamesIsTheAdmins(String method) {
        assertThat(PageRules.allow(method, "/metrics", List.of("viewer", "operator"))).isFalse();
    }
}
