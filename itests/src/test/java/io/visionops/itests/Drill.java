package io.visionops.itests;

/** What may befall a program that runs, beyond a process that is killed; each is done once. */
enum Drill {
    WRITER_STANDS(
            "the thread that writes to the database stands still",
            stands("visionops-store-writer")),
    ANALYSIS_STANDS(
            "the thread that analyses a camera stands still", stands("visionops-inference-east")),
    READER_STANDS(
            "the thread that reads a camera's frames stands still",
            stands("visionops-ingest-camera-east")),
    WATCH_STANDS(
            "the thread that looks after all cameras stands still",
            stands("visionops-ingest-watch")),
    HEALTH_STANDS(
            "the thread of the health rounds stands still", stands("visionops-health-rounds")),
    DEADLOCK(
            "two threads of a bundle wait for each other, one of them asked by health",
            """
            Object a = new Object();
            Object b = new Object();
            java.util.concurrent.CyclicBarrier both = new java.util.concurrent.CyclicBarrier(2);
            Hashtable<String, Object> facts = new Hashtable<>();
            facts.put("hc.name", "visionops.saboteur.deadlock");
            facts.put("hc.tags", new String[] {"visionops"});
            context.registerService(org.apache.felix.hc.api.HealthCheck.class, () -> {
                synchronized (a) {
                    try { both.await(); } catch (Exception e) { throw new IllegalStateException(e); }
                    synchronized (b) { return null; }
                }
            }, facts);
            synchronized (b) {
                both.await();
                synchronized (a) { KEPT.add(a); }
            }
            """),
    LOOP(
            "threads of a bundle run in a circle, twice as many as processors",
            """
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                Thread spin = new Thread(() -> { while (true) { Thread.onSpinWait(); } });
                spin.setDaemon(true);
                spin.start();
            }
            """),
    HEAP("a bundle fills the heap", "while (true) { KEPT.add(new byte[1 << 20]); }"),
    DIRECT_MEMORY(
            "a bundle takes all direct memory",
            "while (true) { KEPT.add(java.nio.ByteBuffer.allocateDirect(1 << 20)); }"),
    METASPACE(
            "a bundle loads classes without end",
            """
            byte[] code;
            try (java.io.InputStream own = Saboteur.class.getResourceAsStream("Saboteur.class")) {
                code = own.readAllBytes();
            }
            while (true) {
                KEPT.add(new ClassLoader(Saboteur.class.getClassLoader()) {
                    Class<?> make() { return defineClass(null, code, 0, code.length); }
                }.make());
            }
            """),
    THREADS(
            "a bundle starts threads without end",
            """
            while (KEPT.size() < 4000) {
                Thread one = new Thread(() -> {
                    while (true) { java.util.concurrent.locks.LockSupport.park(); }
                });
                one.setDaemon(true);
                one.start();
                KEPT.add(one);
            }
            """),
    DESCRIPTORS(
            "a bundle opens files until there are no descriptors left",
            "while (true) { KEPT.add(new java.io.FileInputStream(\"/dev/null\")); }"),
    DETECTOR_HANGS(
            "a detector does not answer any more",
            """
            offer(context, () -> {
                if (new java.io.File("%s").exists()) {
                    while (true) { java.util.concurrent.locks.LockSupport.park(); }
                }
                return List.of();
            });
            """
                    .formatted(Saboteur.TRIGGER)),
    DETECTOR_FAILS(
            "a detector fails on every frame",
            """
            offer(context, () -> {
                if (new java.io.File("%s").exists()) { throw new IllegalStateException("fails"); }
                return List.of();
            });
            """
                    .formatted(Saboteur.TRIGGER)),
    DATABASE_LOCKED("another program holds the database for 40 s", ""),
    DISK_FULL("the disk is full for 40 s", ""),
    DISK_SHORT("60 MB of the disk are left for 40 s", ""),
    HEAT("the processor gets 80 degrees hot for 40 s", ""),
    CLOCK_AHEAD("the clock is set a day ahead for 40 s", ""),
    CLOCK_BEHIND("the clock is set a day behind for 40 s", ""),
    BOOT_WITH_A_WRONG_CLOCK("the program is killed and begins a year behind, for 40 s", "");

    private final String words;
    private final String harm;

    Drill(String words, String harm) {
        this.words = words;
        this.harm = harm;
    }

    private static String stands(String thread) {
        return """
        for (Thread one : Thread.getAllStackTraces().keySet()) {
            if (one.getName().equals("%s")) {
                KEPT.add(one);
                one.suspend();
            }
        }
        if (KEPT.isEmpty()) { throw new IllegalStateException("no thread %s"); }
        """
                .formatted(thread, thread);
    }

    String words() {
        return words;
    }

    /** What a {@link Saboteur} does; empty where the harm comes from outside. */
    String harm() {
        return harm;
    }

    boolean isWithin() {
        return !harm.isEmpty();
    }

    boolean isOfADetector() {
        return this == DETECTOR_HANGS || this == DETECTOR_FAILS;
    }

    /** Nobody but a person can end it, who removes the bundle; all else has to go on meanwhile. */
    boolean isForAPerson() {
        return this == DEADLOCK || this == LOOP;
    }
}
