package io.visionops.health.internal.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Degrees Celsius of the processor. */
final class Thermometer {

    private static final Logger LOG = LoggerFactory.getLogger(Thermometer.class);

    private final DoubleSupplier sensor;

    /**
     * @param sensor of the computer; 0 or not a number where there is none
     */
    Thermometer(DoubleSupplier sensor) {
        this.sensor = sensor;
    }

    /**
     * @param file with thousandths of a degree, as Linux shows them, in the place of the sensor
     */
    OptionalDouble read(Optional<Path> file) {
        if (file.isPresent()) {
            return ofFile(file.get());
        }
        double degrees = sensor.getAsDouble();
        return Double.isFinite(degrees) && degrees > 0
                ? OptionalDouble.of(degrees)
                : OptionalDouble.empty();
    }

    private static OptionalDouble ofFile(Path file) {
        try {
            return OptionalDouble.of(Long.parseLong(Files.readString(file).strip()) / 1000.0);
        } catch (IOException | NumberFormatException e) {
            LOG.debug("sensor.file {} does not tell the temperature", file, e);
            return OptionalDouble.empty();
        }
    }
}
