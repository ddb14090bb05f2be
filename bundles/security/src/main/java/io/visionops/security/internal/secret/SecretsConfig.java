package io.visionops.security.internal.secret;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an admin may set in {@code etc/io.visionops.security.cfg}. */
@ObjectClassDefinition(name = "VisionOps security", description = "Secrets")
public @interface SecretsConfig {

    @AttributeDefinition(
            name = "Master key file",
            description =
                    "The key of the secrets; relative to the data folder. Best on another disk")
    String master_key_file() default "keys/master.key";
}
