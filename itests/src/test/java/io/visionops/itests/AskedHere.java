package io.visionops.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What {@code bin/visionops} does with a call, done by the code of its own jar within this JVM: a
 * program of its own takes a third of a second of a core, and tests that wait ask thousands of
 * times. Not for calls that read their standard input or whose words a process list may show.
 */
final class AskedHere {

    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "asked-here");
                        thread.setDaemon(true);
                        return thread;
                    });

    private final Method run;

    /**
     * @param home the program that is asked with
     */
    AskedHere(Path home) {
        System.setProperty("visionops.program", home.toString());
        try {
            URL jar = home.resolve("lib/visionops-launcher.jar").toUri().toURL();
            ClassLoader program =
                    new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
            run =
                    program.loadClass("io.visionops.launcher.Main")
                            .getDeclaredMethod(
                                    "run",
                                    List.class,
                                    Map.class,
                                    PrintStream.class,
                                    PrintStream.class);
            run.setAccessible(true);
        } catch (MalformedURLException | ReflectiveOperationException e) {
            throw new AssertionError("no launcher in " + home, e);
        }
    }

    /** One call; the same words, answer and status as of the program. */
    Instance.Result run(int seconds, List<String> words) throws IOException, InterruptedException {
        Callable<Instance.Result> call = () -> run(words);
        try {
            return THREADS.submit(call).get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(words + " did not end within " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private Instance.Result run(List<String> words) throws ReflectiveOperationException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            int status;
            try {
                status = (int) run.invoke(null, words, Map.of(), toOut, toErr);
            } catch (InvocationTargetException e) {
                status = statusOf(e.getCause());
                toErr.println("visionops: " + e.getCause().getMessage());
            }
            return new Instance.Result(
                    status,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        }
    }

    private static int statusOf(Throwable failure) throws ReflectiveOperationException {
        if (!failure.getClass().getSimpleName().equals("Failure")) {
            throw new AssertionError(failure);
        }
        Method status = failure.getClass().getDeclaredMethod("status");
        status.setAccessible(true);
        return (int) status.invoke(failure);
    }
}
