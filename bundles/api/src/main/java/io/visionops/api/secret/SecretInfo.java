package io.visionops.api.secret;

import io.visionops.api.subject.Actor;
import java.time.Instant;

/**
 * What may be told of a secret.
 *
 * @param version 1 for the first value, one more with each that is set
 * @param changed when the value was set
 * @param by who set it
 */
public record SecretInfo(String name, int version, Instant changed, Actor by) {}
