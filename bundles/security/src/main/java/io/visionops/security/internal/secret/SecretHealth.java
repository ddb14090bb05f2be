package io.visionops.security.internal.secret;

import java.util.List;
import java.util.Optional;

/**
 * What was found at a look.
 *
 * @param trouble why no secret can be read now, or after the next start; empty when they can
 * @param damaged names of secrets whose values are
 * @param inClear why the master key lies in clear though it has a passphrase; empty when it does
 *     not
 * @param notTaken why secrets of a backup were not taken over; empty when there are none
 * @param count of secrets
 */
public record SecretHealth(
        Optional<String> trouble,
        List<String> damaged,
        Optional<String> inClear,
        Optional<String> notTaken,
        int count) {

    static final SecretHealth NOTHING_YET =
            new SecretHealth(Optional.empty(), List.of(), Optional.empty(), Optional.empty(), 0);
}
