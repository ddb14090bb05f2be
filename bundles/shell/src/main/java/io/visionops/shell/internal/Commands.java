package io.visionops.shell.internal;

import io.visionops.shell.internal.command.AlertAck;
import io.visionops.shell.internal.command.AlertList;
import io.visionops.shell.internal.command.AlertRulesCommand;
import io.visionops.shell.internal.command.AlertSilence;
import io.visionops.shell.internal.command.AlertUnsilence;
import io.visionops.shell.internal.command.AuditAccept;
import io.visionops.shell.internal.command.AuditKeyCommand;
import io.visionops.shell.internal.command.AuditList;
import io.visionops.shell.internal.command.AuditReportCommand;
import io.visionops.shell.internal.command.AuditVerify;
import io.visionops.shell.internal.command.BackupKeyCommand;
import io.visionops.shell.internal.command.BackupList;
import io.visionops.shell.internal.command.BackupNow;
import io.visionops.shell.internal.command.BackupRestore;
import io.visionops.shell.internal.command.BackupStatusCommand;
import io.visionops.shell.internal.command.BackupVerify;
import io.visionops.shell.internal.command.CameraAcceptView;
import io.visionops.shell.internal.command.CameraAdd;
import io.visionops.shell.internal.command.CameraDisable;
import io.visionops.shell.internal.command.CameraDiscover;
import io.visionops.shell.internal.command.CameraEnable;
import io.visionops.shell.internal.command.CameraHistory;
import io.visionops.shell.internal.command.CameraLevel;
import io.visionops.shell.internal.command.CameraList;
import io.visionops.shell.internal.command.CameraReconnect;
import io.visionops.shell.internal.command.CameraRemove;
import io.visionops.shell.internal.command.CameraReportCommand;
import io.visionops.shell.internal.command.CameraReread;
import io.visionops.shell.internal.command.CameraSnapshot;
import io.visionops.shell.internal.command.CameraTest;
import io.visionops.shell.internal.command.CameraTrustCommand;
import io.visionops.shell.internal.command.Capabilities;
import io.visionops.shell.internal.command.CheckpointInfo;
import io.visionops.shell.internal.command.CheckpointNow;
import io.visionops.shell.internal.command.Counts;
import io.visionops.shell.internal.command.CoverageCommand;
import io.visionops.shell.internal.command.DbStats;
import io.visionops.shell.internal.command.DiagnosticsCommand;
import io.visionops.shell.internal.command.Events;
import io.visionops.shell.internal.command.Frames;
import io.visionops.shell.internal.command.GovernorCommand;
import io.visionops.shell.internal.command.Health;
import io.visionops.shell.internal.command.HealthHistory;
import io.visionops.shell.internal.command.IntegrityCheckCommand;
import io.visionops.shell.internal.command.LogLevelCommand;
import io.visionops.shell.internal.command.Logs;
import io.visionops.shell.internal.command.MaintenanceCommand;
import io.visionops.shell.internal.command.ModelInstall;
import io.visionops.shell.internal.command.ModelList;
import io.visionops.shell.internal.command.Processes;
import io.visionops.shell.internal.command.Records;
import io.visionops.shell.internal.command.RecoveryList;
import io.visionops.shell.internal.command.RecoveryRun;
import io.visionops.shell.internal.command.RestartStatus;
import io.visionops.shell.internal.command.Search;
import io.visionops.shell.internal.command.SecretList;
import io.visionops.shell.internal.command.SecretPassphrase;
import io.visionops.shell.internal.command.SecretRemove;
import io.visionops.shell.internal.command.SecretRotate;
import io.visionops.shell.internal.command.SecretSet;
import io.visionops.shell.internal.command.SecretUnlock;
import io.visionops.shell.internal.command.Status;
import io.visionops.shell.internal.command.Tracks;
import io.visionops.shell.internal.command.UpdateCanary;
import io.visionops.shell.internal.command.UpdateCheck;
import io.visionops.shell.internal.command.UpdateHistoryCommand;
import io.visionops.shell.internal.command.UpdateInstall;
import io.visionops.shell.internal.command.UpdateRollback;
import io.visionops.shell.internal.command.UpdateStatusCommand;
import io.visionops.shell.internal.command.UserAdd;
import io.visionops.shell.internal.command.UserList;
import io.visionops.shell.internal.command.UserPasswd;
import io.visionops.shell.internal.command.UserRemove;
import java.util.List;

/** Every command there is; a new one is added here. */
final class Commands {

    static final List<Class<? extends VisionOpsCommand<?>>> ALL =
            List.of(
                    AlertAck.class,
                    AlertList.class,
                    AlertRulesCommand.class,
                    AlertSilence.class,
                    AlertUnsilence.class,
                    AuditKeyCommand.class,
                    AuditAccept.class,
                    AuditList.class,
                    AuditReportCommand.class,
                    AuditVerify.class,
                    BackupKeyCommand.class,
                    BackupList.class,
                    BackupNow.class,
                    BackupRestore.class,
                    BackupStatusCommand.class,
                    BackupVerify.class,
                    CameraAdd.class,
                    CameraDisable.class,
                    CameraDiscover.class,
                    CameraEnable.class,
                    CameraHistory.class,
                    CameraLevel.class,
                    CameraList.class,
                    CameraAcceptView.class,
                    CameraReconnect.class,
                    CameraReread.class,
                    CameraRemove.class,
                    CameraReportCommand.class,
                    CameraSnapshot.class,
                    CameraTest.class,
                    CameraTrustCommand.class,
                    Capabilities.class,
                    CheckpointInfo.class,
                    CheckpointNow.class,
                    Counts.class,
                    CoverageCommand.class,
                    DbStats.class,
                    DiagnosticsCommand.class,
                    Events.class,
                    Frames.class,
                    GovernorCommand.class,
                    Health.class,
                    HealthHistory.class,
                    IntegrityCheckCommand.class,
                    MaintenanceCommand.class,
                    LogLevelCommand.class,
                    Logs.class,
                    ModelInstall.class,
                    ModelList.class,
                    Processes.class,
                    Records.class,
                    RecoveryList.class,
                    RecoveryRun.class,
                    RestartStatus.class,
                    Search.class,
                    SecretList.class,
                    SecretPassphrase.class,
                    SecretRemove.class,
                    SecretRotate.class,
                    SecretSet.class,
                    SecretUnlock.class,
                    Status.class,
                    Tracks.class,
                    UpdateCanary.class,
                    UpdateCheck.class,
                    UpdateHistoryCommand.class,
                    UpdateInstall.class,
                    UpdateRollback.class,
                    UpdateStatusCommand.class,
                    UserAdd.class,
                    UserList.class,
                    UserPasswd.class,
                    UserRemove.class);

    private Commands() {}

    static Class<? extends VisionOpsCommand<?>> named(String name) {
        return ALL.stream()
                .filter(type -> Syntax.name(type).equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandException("there is no command " + name));
    }
}
