package io.visionops.itests;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who may use which command of the shell; what is not here has been forgotten. */
final class CommandRules {

    enum Role {
        VIEWER,
        OPERATOR,
        ADMIN
    }

    /** Whole scopes that are the admin's. */
    private static final Set<String> ADMINS_SCOPES =
            Set.of(
                    "bundle", "cm", "config", "event", "feature", "hc", "http", "jaas", "log",
                    "package", "scr", "service", "ssh", "system");

    private static final Map<Role, List<String>> COMMANDS =
            Map.of(
                    Role.VIEWER,
                    commands(
                            "visionops",
                            """
                            alert-list alert-rules backup-list backup-status camera-history camera-list camera-report capabilities checkpoint-info restart-status
                            counts coverage db-stats events frames governor health health-history model-list processes
                            recovery-list search status tracks update-history update-status
                            """,
                            "shell",
                            "clear echo if logout setopt unsetopt",
                            "*",
                            "exit help visionops"),
                    Role.OPERATOR,
                    commands(
                            "visionops",
                            """
                            alert-ack alert-silence alert-unsilence backup-now backup-verify camera-accept-view camera-disable camera-enable camera-level
                            camera-reconnect camera-reread camera-test checkpoint-now integrity-check logs maintenance records recovery-run update-check
                            """),
                    Role.ADMIN,
                    commands(
                            "visionops",
                            """
                            audit-accept audit-key audit-list audit-report audit-verify
                            backup-key backup-restore camera-add camera-discover camera-remove camera-snapshot camera-trust
                            diagnostics log-level model-install secret-list secret-passphrase secret-remove secret-rotate secret-set secret-unlock update-canary update-install update-rollback user-add user-list user-passwd user-remove
                            """,
                            "shell",
                            """
                            __directories __files __usage_completion addcommand alias bg break cat
                            cd completion complete continue date each eval exec fg format getopt
                            grep head history info java jobs keymap kill less ls nano new not printf
                            pwd removecommand set sleep sort source stack-traces-print tac tail
                            threads throw tmux try ttop type until watch wc while widget
                            """,
                            "*",
                            """
                            bundle cm config event feature hc http jaas log package scr service
                            shell ssh system
                            """));

    private CommandRules() {}

    /** The least role that may use {@code scope:name}; fails when there is no rule. */
    static Role leastRole(String command) {
        for (Role role : Role.values()) {
            if (COMMANDS.get(role).contains(command)) {
                return role;
            }
        }
        if (ADMINS_SCOPES.contains(command.substring(0, command.indexOf(':')))) {
            return Role.ADMIN;
        }
        throw new AssertionError(
                command
                        + " has no rule: name it here, and in"
                        + " etc/org.apache.karaf.command.acl.SCOPE.cfg if it is not the admin's alone");
    }

    private static List<String> commands(String... scopesAndNames) {
        return java.util.stream.IntStream.range(0, scopesAndNames.length / 2)
                .boxed()
                .flatMap(
                        i ->
                                Arrays.stream(scopesAndNames[2 * i + 1].strip().split("\\s+"))
                                        .map(name -> scopesAndNames[2 * i] + ":" + name))
                .toList();
    }
}
