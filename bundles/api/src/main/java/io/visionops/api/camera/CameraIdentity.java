package io.visionops.api.camera;

import java.util.Optional;

/**
 * By what a camera is known again.
 *
 * @param login in which way it asks for user and password
 * @param certificate SHA-256 of the public key of its certificate, in hex; empty without TLS
 */
public record CameraIdentity(LoginScheme login, Optional<String> certificate) {}
