package io.visionops.ingest.internal.config;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a camera's settings its decoder depends on: if this stays equal, the decoder stays.
 *
 * @param fps frames a second
 * @param width pixels
 */
public record DecoderSettings(String camera, Source source, int fps, int width) {

    public static DecoderSettings of(CameraSettings settings) {
        return new DecoderSettings(
                settings.name(),
                settings.source(),
                settings.analysis().fps(),
                settings.analysis().width());
    }

    public String childName() {
        return "camera-" + camera;
    }

    public boolean isAsap() {
        return source.pace() == Source.Pace.ASAP;
    }

    /** Whether it ends by itself: every frame counts, and there is nothing to come back to. */
    public boolean isReadOnce() {
        boolean file =
                addresses().stream().allMatch(address -> address.scheme() == Address.Scheme.FILE);
        return isAsap() || file && !source.loop();
    }

    /** The addresses to try in turn; settings were validated, so they are ones. */
    public List<Address> addresses() {
        List<String> urls = new ArrayList<>();
        urls.add(source.url());
        urls.addAll(source.fallbackUrls());
        List<Address> addresses = new ArrayList<>();
        for (String url : urls) {
            try {
                addresses.add(Address.parse("url", url));
            } catch (InvalidSetting e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
        return List.copyOf(addresses);
    }
}
