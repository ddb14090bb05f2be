package io.visionops.health.internal.machine;

import io.visionops.health.internal.round.CheckResult;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;

/**
 * A check of the computer.
 *
 * @param name {@code visionops.health.SUBJECT}
 * @param tag {@code live} or {@code ready}
 * @param remedy what to do where it is not well
 */
record MachineCheck<T>(String name, String tag, String remedy, Judge<T> judge) {

    /** Says what a sample means. */
    @FunctionalInterface
    interface Judge<T> {
        void judge(T sample, Limits limits, FormattingResultLog log);
    }

    /** Of the processor, the memory and the clock. */
    static final List<MachineCheck<MachineSample>> OF_MACHINE =
            List.of(
                    new MachineCheck<>(
                            "visionops.health.memory",
                            CheckResult.READY,
                            "fewer cameras or smaller pictures (detect.width), or more memory:"
                                    + " processes shows who has how much",
                            MachineJudge::memory),
                    new MachineCheck<>(
                            "visionops.health.cpu",
                            CheckResult.READY,
                            "camera-level NAME lowers what is done for a camera; lower detect.fps"
                                    + " for good; look what else runs on this computer",
                            MachineJudge::cpu),
                    new MachineCheck<>(
                            "visionops.health.temperature",
                            CheckResult.READY,
                            "clean the fan and its filter, make room around the computer, take it"
                                    + " out of the sun",
                            MachineJudge::temperature),
                    new MachineCheck<>(
                            "visionops.health.descriptors",
                            CheckResult.READY,
                            "raise the limit (ulimit -n, LimitNOFILE of the service); visionops"
                                    + " restart frees what has leaked",
                            MachineJudge::descriptors),
                    new MachineCheck<>(
                            "visionops.health.threads",
                            CheckResult.LIVE,
                            "visionops restart; keep the output of jcmd PID Thread.print for a"
                                    + " report",
                            MachineJudge::threads),
                    new MachineCheck<>(
                            "visionops.health.direct-memory",
                            CheckResult.READY,
                            "fewer cameras or smaller pictures, or more by"
                                    + " -XX:MaxDirectMemorySize in VISIONOPS_JAVA_OPTS",
                            MachineJudge::directMemory),
                    new MachineCheck<>(
                            "visionops.health.clock",
                            CheckResult.READY,
                            "let a time server keep the clock (timedatectl set-ntp true)",
                            MachineJudge::clock));

    /** Of the disk. */
    static final List<MachineCheck<DiskSample>> OF_DISK =
            List.of(
                    new MachineCheck<>(
                            "visionops.health.disk",
                            CheckResult.READY,
                            "make room: shorter events.retention, tracks.retention or"
                                    + " snapshots.retention in etc/io.visionops.store.cfg; look"
                                    + " what else fills it",
                            MachineJudge::disk),
                    new MachineCheck<>(
                            "visionops.health.write",
                            CheckResult.READY,
                            "look at owner and rights of the folder, and whether its disk is"
                                    + " full, read-only or broken",
                            MachineJudge::write));
}
