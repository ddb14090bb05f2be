package io.visionops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.visionops.rules.cycle.one.Hen;
import io.visionops.rules.cycle.two.Egg;
import java.io.File;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule fails on what it forbids, in each form of it, and on nothing else. */
class MainCodeRulesTest {

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of(Moves.class, MainCodeRules.FILES_ARE_MOVED_IN_ONE_PLACE),
                Arguments.of(Renames.class, MainCodeRules.FILES_ARE_MOVED_IN_ONE_PLACE),
                Arguments.of(Writes.class, MainCodeRules.FILES_ARE_WRITTEN_WHOLE),
                Arguments.of(Streams.class, MainCodeRules.FILES_ARE_WRITTEN_WHOLE),
                Arguments.of(Sleeps.class, MainCodeRules.NOBODY_SLEEPS),
                Arguments.of(SleepsByName.class, MainCodeRules.NOBODY_SLEEPS),
                Arguments.of(SleepsByReference.class, MainCodeRules.NOBODY_SLEEPS),
                Arguments.of(Parks.class, MainCodeRules.FEW_PARK),
                Arguments.of(Repeats.class, MainCodeRules.WHAT_IS_REPEATED_GOES_ON_AFTER_A_FAILURE),
                Arguments.of(
                        RepeatsByPool.class,
                        MainCodeRules.WHAT_IS_REPEATED_GOES_ON_AFTER_A_FAILURE),
                Arguments.of(
                        RepeatsByTimer.class,
                        MainCodeRules.WHAT_IS_REPEATED_GOES_ON_AFTER_A_FAILURE),
                Arguments.of(StartsAThread.class, MainCodeRules.THREADS_ARE_DAEMONS_WITH_A_NAME),
                Arguments.of(MakesAPool.class, MainCodeRules.THREADS_ARE_DAEMONS_WITH_A_NAME),
                Arguments.of(AsksForAPool.class, MainCodeRules.THREADS_ARE_DAEMONS_WITH_A_NAME));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void whatARuleForbidsFailsItAndNoOther(Class<?> violating, ArchRule broken) {
        var classes = new ClassFileImporter().importClasses(violating);

        List<ArchRule> failed =
                MainCodeRules.all().stream()
                        .filter(rule -> rule.evaluate(classes).hasViolation())
                        .toList();

        assertThat(failed).containsExactly(broken);
    }

    @Test
    void packagesThatNeedEachOtherFailTheRule() {
        var classes = new ClassFileImporter().importClasses(Hen.class, Egg.class);

        assertThat(MainCodeRules.PACKAGES_HAVE_AN_ORDER.evaluate(classes).hasViolation()).isTrue();
    }

    static final class Moves {
        void run(Path from, Path to) throws Exception {
            Files.move(from, to);
        }
    }

    static final class Renames {
        boolean run(File from, File to) {
            return from.renameTo(to);
        }
    }

    static final class Writes {
        void run(Path file) throws Exception {
            Files.writeString(file, "");
        }
    }

    static final class Streams {
        Object run(File file) throws Exception {
            return new FileOutputStream(file);
        }
    }

    static final class Sleeps {
        void run() throws Exception {
            Thread.sleep(1);
        }
    }

    static final class SleepsByName {
        void run() throws Exception {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    static final class SleepsByReference {
        interface Pause {
            void take(long millis) throws InterruptedException;
        }

        Pause run() {
            return Thread::sleep;
        }
    }

    static final class Parks {
        LongConsumer run() {
            return nanos -> LockSupport.parkNanos(nanos);
        }
    }

    static final class Repeats {
        Object run(ScheduledExecutorService scheduler, Runnable task) {
            return scheduler.scheduleWithFixedDelay(task, 1, 1, TimeUnit.SECONDS);
        }
    }

    static final class RepeatsByPool {
        Object run(ScheduledThreadPoolExecutor scheduler, Callable<String> task) {
            return scheduler.schedule(task, 1, TimeUnit.SECONDS);
        }
    }

    static final class RepeatsByTimer {
        void run(Timer timer, TimerTask task) {
            timer.schedule(task, 1, 1);
        }
    }

    static final class StartsAThread {
        void run(Runnable task) {
            new Thread(task).start();
        }
    }

    static final class MakesAPool {
        Object run() {
            return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }
    }

    static final class AsksForAPool {
        Object run() {
            return Executors.newCachedThreadPool();
        }
    }
}
