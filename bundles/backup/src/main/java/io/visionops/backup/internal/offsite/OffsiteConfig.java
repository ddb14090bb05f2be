package io.visionops.backup.internal.offsite;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an admin may set in {@code etc/io.visionops.backup.offsite.cfg}. */
@ObjectClassDefinition(
        name = "VisionOps copies of backups",
        description = "Copies of backups on another computer, over SFTP")
public @interface OffsiteConfig {

    @AttributeDefinition(
            name = "Address",
            description = "sftp://USER@HOST:PORT/FOLDER; empty: no copies are made")
    String url() default "";

    @AttributeDefinition(
            name = "Host key",
            description = "Fingerprint of the server's key, SHA256:...; another one is refused")
    String host_key() default "";

    @AttributeDefinition(
            name = "Password secret",
            description = "Name of the secret that is the password; see secret-set")
    String password_secret() default "";

    @AttributeDefinition(
            name = "Key file",
            description = "File with a private key instead, without a passphrase")
    String key_file() default "";

    @AttributeDefinition(name = "Kept", description = "Newest copies that stay there, 1 to 1000")
    String keep() default "30";
}
