package io.visionops.rules;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What stands once, and is used instead of what the JDK has. The launcher shares no code with the
 * program that it starts and has one class of its own for each.
 */
final class MainCodeRules {

    private static final String LAUNCHER = "io.visionops.launcher.";

    static final ArchRule FILES_ARE_MOVED_IN_ONE_PLACE =
            noClasses()
                    .that(areNone("io.visionops.support.WholeFile", LAUNCHER + "platform.Folders"))
                    .should()
                    .accessTargetWhere(is(Files.class, "move"))
                    .orShould()
                    .accessTargetWhere(is(File.class, "renameTo"))
                    .because("WholeFile leaves nothing behind and syncs contents and name")
                    .allowEmptyShould(true);

    static final ArchRule FILES_ARE_WRITTEN_WHOLE =
            noClasses()
                    .that(areNone("io.visionops.support.WholeFile"))
                    .and()
                    .resideOutsideOfPackage("io.visionops.launcher..")
                    .should()
                    .accessTargetWhere(
                            is(
                                    Files.class,
                                    "write|writeString|copy|newOutputStream|newBufferedWriter"))
                    .orShould()
                    .accessTargetWhere(is(FileOutputStream.class, "<init>"))
                    .orShould()
                    .accessTargetWhere(is(FileWriter.class, "<init>"))
                    .because("a kill or a full disk would leave half of a file; use WholeFile")
                    .allowEmptyShould(true);

    static final ArchRule NOBODY_SLEEPS =
            noClasses()
                    .should()
                    .accessTargetWhere(is(Thread.class, "sleep"))
                    .orShould()
                    .accessTargetWhere(is(TimeUnit.class, "sleep"))
                    .because("who sleeps is not woken at a stop: wait for a latch or a condition")
                    .allowEmptyShould(true);

    /** They wait for what tells nobody, or for a moment after a failure; each looks at its stop. */
    static final ArchRule FEW_PARK =
            noClasses()
                    .that(
                            areNone(
                                    "io.visionops.support.fault.MachineErrors",
                                    "io.visionops.channel.internal.AwaitedCommands",
                                    LAUNCHER + "platform.Wait"))
                    .should()
                    .accessTargetWhere(is(LockSupport.class, "park.*"))
                    .because("it is a sleep by another name")
                    .allowEmptyShould(true);

    static final ArchRule WHAT_IS_REPEATED_GOES_ON_AFTER_A_FAILURE =
            noClasses()
                    .that(areNone("io.visionops.support.fault.RepeatedTask"))
                    .should()
                    .accessTargetWhere(is(ScheduledExecutorService.class, "schedule.*"))
                    .orShould()
                    .accessTargetWhere(is(Timer.class, "schedule.*"))
                    .because(
                            "a scheduler drops for ever, without a word, what throws once: use"
                                    + " RepeatedTask")
                    .allowEmptyShould(true);

    static final ArchRule THREADS_ARE_DAEMONS_WITH_A_NAME =
            noClasses()
                    .that(
                            areNone(
                                    "io.visionops.support.thread.DaemonThreads",
                                    // Where threads have run out it may load no class.
                                    "io.visionops.support.fault.MachineErrors"))
                    .and()
                    .resideOutsideOfPackage("io.visionops.launcher..")
                    .should()
                    .accessTargetWhere(is(Thread.class, "<init>"))
                    .orShould()
                    .accessTargetWhere(is(ThreadPoolExecutor.class, "<init>"))
                    .orShould()
                    .accessTargetWhere(is(Timer.class, "<init>"))
                    .orShould()
                    .accessTargetWhere(is(Executors.class, "new.*"))
                    .because("DaemonThreads names them, bounds them and keeps no program alive")
                    .allowEmptyShould(true);

    /**
     * The line of a command is parsed by the options of its class: {@code Words} has to find that,
     * and every command names {@code Words}.
     */
    static final ArchRule PACKAGES_HAVE_AN_ORDER =
            slices().matching("io.visionops.(**)")
                    .should()
                    .beFreeOfCycles()
                    .ignoreDependency(
                            name("io.visionops.shell.internal.Commands"),
                            resideInAPackage("io.visionops.shell.internal.command"))
                    .allowEmptyShould(true)
                    .because("what needs each other is one thing, and cannot be read one by one");

    private MainCodeRules() {}

    static List<ArchRule> all() {
        return List.of(
                FILES_ARE_MOVED_IN_ONE_PLACE,
                FILES_ARE_WRITTEN_WHOLE,
                NOBODY_SLEEPS,
                FEW_PARK,
                WHAT_IS_REPEATED_GOES_ON_AFTER_A_FAILURE,
                THREADS_ARE_DAEMONS_WITH_A_NAME,
                PACKAGES_HAVE_AN_ORDER);
    }

    /** A method or constructor of a class or of what is derived from it, called or referred to. */
    private static DescribedPredicate<JavaAccess<?>> is(Class<?> owner, String names) {
        return DescribedPredicate.<JavaAccess<?>>describe("", access -> true)
                .and(target(owner(assignableTo(owner))))
                .and(target(nameMatching(names)))
                .as("is %s.%s", owner.getSimpleName(), names);
    }

    /** Classes that they enclose belong to them. */
    private static DescribedPredicate<JavaClass> areNone(String... names) {
        List<String> excepted = Arrays.asList(names);
        return DescribedPredicate.describe(
                "are none of " + excepted,
                one ->
                        excepted.stream()
                                .noneMatch(
                                        name ->
                                                one.getName().equals(name)
                                                        || one.getName().startsWith(name + "$")));
    }
}
