package io.visionops.shell.internal;

import io.visionops.api.alert.Alerts;
import io.visionops.api.analysis.Analyses;
import io.visionops.api.audit.Audit;
import io.visionops.api.backup.Backups;
import io.visionops.api.camera.Cameras;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.database.DatabaseMaintenance;
import io.visionops.api.diagnostics.Diagnostics;
import io.visionops.api.discovery.Discovery;
import io.visionops.api.forecast.Forecasts;
import io.visionops.api.health.Governor;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.log.LogLevels;
import io.visionops.api.log.Logs;
import io.visionops.api.model.Models;
import io.visionops.api.query.JournalReader;
import io.visionops.api.secret.MasterKeyPassphrase;
import io.visionops.api.secret.SecretStore;
import io.visionops.api.update.Updates;
import io.visionops.api.user.Users;

/**
 * A service that commands ask.
 *
 * @param words what a person calls it
 * @param bundle symbolic name of the bundle that offers it, to say why it is not there
 */
public record Part<T>(Class<T> type, String words, String bundle) {

    public static final Part<Cameras> CAMERAS =
            new Part<>(Cameras.class, "the camera service", "io.visionops.ingest");
    public static final Part<Discovery> DISCOVERY =
            new Part<>(Discovery.class, "the search for cameras", "io.visionops.discovery");
    public static final Part<Analyses> ANALYSES =
            new Part<>(Analyses.class, "the analysis", "io.visionops.inference");
    public static final Part<Models> MODELS =
            new Part<>(Models.class, "the model catalogue", "io.visionops.inference");
    public static final Part<JournalReader> JOURNAL_READER =
            new Part<>(JournalReader.class, "the database", "io.visionops.store");
    public static final Part<DatabaseMaintenance> DATABASE_MAINTENANCE =
            new Part<>(DatabaseMaintenance.class, "the database", "io.visionops.store");
    public static final Part<Checkpoints> CHECKPOINTS =
            new Part<>(Checkpoints.class, "the checkpoint history", "io.visionops.store");
    public static final Part<ChildProcesses> CHILD_PROCESSES =
            new Part<>(ChildProcesses.class, "the process service", "io.visionops.processes");
    public static final Part<HealthMonitor> HEALTH =
            new Part<>(HealthMonitor.class, "the health monitor", "io.visionops.health");
    public static final Part<Governor> GOVERNOR =
            new Part<>(Governor.class, "the governor", "io.visionops.health");
    public static final Part<Forecasts> FORECASTS =
            new Part<>(Forecasts.class, "the forecast service", "io.visionops.health");
    public static final Part<Updates> UPDATES =
            new Part<>(Updates.class, "the updater", "io.visionops.updater");
    public static final Part<Backups> BACKUPS =
            new Part<>(Backups.class, "the backup service", "io.visionops.backup");
    public static final Part<SecretStore> SECRETS =
            new Part<>(SecretStore.class, "the secret store", "io.visionops.security");
    public static final Part<MasterKeyPassphrase> PASSPHRASE =
            new Part<>(MasterKeyPassphrase.class, "the secret store", "io.visionops.security");
    public static final Part<Users> USERS =
            new Part<>(Users.class, "the user directory", "io.visionops.login");
    public static final Part<Audit> AUDIT =
            new Part<>(Audit.class, "the audit", "io.visionops.security");
    public static final Part<Logs> LOGS = new Part<>(Logs.class, "the log", "io.visionops.backup");
    public static final Part<LogLevels> LOG_LEVELS =
            new Part<>(LogLevels.class, "the log", "io.visionops.backup");
    public static final Part<Diagnostics> DIAGNOSTICS =
            new Part<>(Diagnostics.class, "the diagnostics service", "io.visionops.backup");
    public static final Part<Alerts> ALERTS =
            new Part<>(Alerts.class, "the alert service", "io.visionops.health");
}
