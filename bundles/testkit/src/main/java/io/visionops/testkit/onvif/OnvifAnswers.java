package io.visionops.testkit.onvif;

import io.visionops.testkit.onvif.OnvifScript.Profile;
import io.visionops.testkit.onvif.OnvifScript.Services;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

/** The proper answers, in the words of real cameras. */
final class OnvifAnswers {

    private OnvifAnswers() {}

    static String envelope(String body) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
                 xmlns:tds="http://www.onvif.org/ver10/device/wsdl"
                 xmlns:trt="http://www.onvif.org/ver10/media/wsdl"
                 xmlns:tr2="http://www.onvif.org/ver20/media/wsdl"
                 xmlns:tt="http://www.onvif.org/ver10/schema"
                 xmlns:ter="http://www.onvif.org/ver10/error"><s:Body>%s</s:Body></s:Envelope>
                """
                .formatted(body);
    }

    static String to(String request, OnvifScript script, int port, Instant now) {
        String base = "http://" + script.host() + ":" + port + "/onvif/";
        boolean old = script.services() == Services.OLD;
        boolean media = request.startsWith("POST /onvif/media_service ");
        if (request.contains("<GetSystemDateAndTime")) {
            return time(now);
        }
        if (request.contains("<GetDeviceInformation")) {
            return "<tds:GetDeviceInformationResponse><tds:Manufacturer>ACME</tds:Manufacturer>"
                    + "<tds:Model>Dome 4</tds:Model><tds:FirmwareVersion>5.4.1</tds:FirmwareVersion>"
                    + "</tds:GetDeviceInformationResponse>";
        }
        if (request.contains("<GetServices") && !old) {
            return services(script, base);
        }
        if (request.contains("<GetCapabilities") && script.services() != Services.NEW) {
            return "<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>"
                    + base
                    + "media_service</tt:XAddr></tt:Media></tds:Capabilities>"
                    + "</tds:GetCapabilitiesResponse>";
        }
        if (request.contains("<GetProfiles") && media) {
            return "<trt:GetProfilesResponse>"
                    + script.profiles().stream()
                            .map(one -> profile(one, script.services() == Services.NEW))
                            .collect(Collectors.joining())
                    + "</trt:GetProfilesResponse>";
        }
        if (request.contains("<GetStreamUri") && media) {
            return script.profiles().stream()
                    .filter(
                            one ->
                                    request.contains(
                                            "<ProfileToken>" + one.token() + "</ProfileToken>"))
                    .findFirst()
                    .map(one -> uri(one, script))
                    .orElse(fault("ter:NoProfile", "The profile does not exist"));
        }
        return fault("ter:ActionNotSupported", "Optional Action Not Implemented");
    }

    private static String time(Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return """
                <tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>
                <tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>
                <tt:UTCDateTime><tt:Time><tt:Hour>%s</tt:Hour><tt:Minute>%s</tt:Minute>
                <tt:Second>%s</tt:Second></tt:Time><tt:Date><tt:Year>%s</tt:Year>
                <tt:Month>%s</tt:Month><tt:Day>%s</tt:Day></tt:Date></tt:UTCDateTime>
                </tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"""
                .formatted(
                        at.getHour(),
                        at.getMinute(),
                        at.getSecond(),
                        at.getYear(),
                        at.getMonthValue(),
                        at.getDayOfMonth());
    }

    private static String services(OnvifScript script, String base) {
        String version = script.services() == Services.NEW ? "ver20" : "ver10";
        return "<tds:GetServicesResponse><tds:Service><tds:Namespace>"
                + "http://www.onvif.org/ver10/device/wsdl</tds:Namespace><tds:XAddr>"
                + base
                + "device_service</tds:XAddr></tds:Service><tds:Service><tds:Namespace>"
                + "http://www.onvif.org/"
                + version
                + "/media/wsdl</tds:Namespace><tds:XAddr>"
                + base
                + "media_service</tds:XAddr></tds:Service></tds:GetServicesResponse>";
    }

    private static String profile(Profile one, boolean second) {
        String encoder =
                "<tt:Encoding>"
                        + one.codec()
                        + "</tt:Encoding><tt:Resolution><tt:Width>"
                        + one.width()
                        + "</tt:Width><tt:Height>"
                        + one.height()
                        + "</tt:Height></tt:Resolution><tt:RateControl><tt:FrameRateLimit>"
                        + one.fps()
                        + "</tt:FrameRateLimit></tt:RateControl>";
        return second
                ? "<tr2:Profiles token=\""
                        + one.token()
                        + "\"><tr2:Name>"
                        + one.name()
                        + "</tr2:Name><tr2:Configurations><tr2:VideoEncoder token=\"e\">"
                        + encoder
                        + "</tr2:VideoEncoder></tr2:Configurations></tr2:Profiles>"
                : "<trt:Profiles fixed=\"true\" token=\""
                        + one.token()
                        + "\"><tt:Name>"
                        + one.name()
                        + "</tt:Name><tt:VideoSourceConfiguration token=\"v\"><tt:Name>V"
                        + "</tt:Name></tt:VideoSourceConfiguration>"
                        + "<tt:VideoEncoderConfiguration token=\"e\"><tt:Name>E</tt:Name>"
                        + encoder
                        + "</tt:VideoEncoderConfiguration></trt:Profiles>";
    }

    private static String uri(Profile one, OnvifScript script) {
        String uri = one.uri().replace("HOST", script.host()).replace("&", "&amp;");
        return script.services() == Services.NEW
                ? "<tr2:GetStreamUriResponse><tr2:Uri>"
                        + uri
                        + "</tr2:Uri></tr2:GetStreamUriResponse>"
                : "<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>"
                        + uri
                        + "</tt:Uri><tt:Timeout>PT60S</tt:Timeout></trt:MediaUri>"
                        + "</trt:GetStreamUriResponse>";
    }

    static String fault(String subcode, String reason) {
        return "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>"
                + subcode
                + "</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en\">"
                + reason
                + "</s:Text></s:Reason></s:Fault>";
    }
}
