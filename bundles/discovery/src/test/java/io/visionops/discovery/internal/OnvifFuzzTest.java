package io.visionops.discovery.internal;

import io.visionops.api.discovery.DiscoveryException;
import io.visionops.testkit.HostileText;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a device says of itself, reading it ends soon, and as it should. */
class OnvifFuzzTest {

    private static final String MATCH =
            "<e:Envelope xmlns:e=\"e\"><e:Body><ProbeMatches><ProbeMatch><Types>d:Device</Types>"
                    + "<Scopes>onvif://www.onvif.org/name/Cam%20a</Scopes>"
                    + "<XAddrs>http://10.0.0.9/onvif http://[fe80::1%25eth0]:80/x</XAddrs>"
                    + "</ProbeMatch></ProbeMatches></e:Body></e:Envelope>";

    @Provide
    Arbitrary<String> documents() {
        return HostileText.of(
                500_000,
                List.of(
                        "<a>",
                        "</a>",
                        "<a/>",
                        "<ProbeMatch>",
                        "<XAddrs>",
                        " a=\"b\"",
                        "<!--",
                        "<![CDATA[",
                        "]]>",
                        "&amp;",
                        "&#x0;",
                        "&a;",
                        "<!DOCTYPE a [",
                        "<!ENTITY a \"",
                        "<?xml version=\"1.0\"?>",
                        "http://h/ ",
                        "onvif://%",
                        "%zz",
                        " ",
                        "a"),
                List.of(
                        MATCH,
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + MATCH,
                        "<!DOCTYPE l [<!ENTITY a \"l\"><!ENTITY b \"&a;&a;&a;&a;\">]><l>&b;</l>",
                        "<!DOCTYPE l [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><l>&x;</l>"));
    }

    @Property(tries = 1500)
    void documentsAreReadOrRefused(@ForAll("documents") String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        HostileText.read(() -> Xml.parse(bytes), DeviceException.class);
        HostileText.read(
                () ->
                        ProbeMessage.matches(bytes, InetAddress.getLoopbackAddress(), Set.of())
                                .forEach(
                                        found -> {
                                            found.service();
                                            found.foreign();
                                            found.scope("name");
                                        }),
                DeviceException.class);
    }

    @Provide
    Arbitrary<String> addresses() {
        return HostileText.of(
                100_000,
                List.of("a", ":", "/", "[", "]", "%", "@", "?", "#", ".", "1", "\u00e4", " ", "::"),
                List.of("http://10.0.0.9:80/onvif/device", "https://u:p@[::1]:1/x?y#z", "::1"));
    }

    @Property(tries = 1500)
    void addressesAreReadOrRefused(@ForAll("addresses") String address) {
        HostileText.read(() -> ServiceUrl.parse(address).ifPresent(ServiceUrl::url));
        HostileText.read(() -> HostQuestion.parse(address), DiscoveryException.class);
    }
}
