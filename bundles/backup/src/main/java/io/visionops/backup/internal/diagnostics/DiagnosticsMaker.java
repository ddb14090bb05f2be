package io.visionops.backup.internal.diagnostics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.diagnostics.Diagnostics;
import io.visionops.api.diagnostics.DiagnosticsFile;
import io.visionops.api.diagnostics.DiagnosticsFile.Entry;
import io.visionops.api.diagnostics.DiagnosticsSource;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.support.Sha256;
import io.visionops.support.WholeFile;
import io.visionops.support.thread.TimedCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what can be collected into one file. Thread-safe; one at a time. */
public final class DiagnosticsMaker implements Diagnostics {

    private static final Logger LOG = LoggerFactory.getLogger(DiagnosticsMaker.class);

    private static final Duration ALL = Duration.ofSeconds(30);
    private static final Duration OF_A_FILE = Duration.ofSeconds(8);
    private static final int LARGEST = 2 << 20;
    private static final int KEPT = 5;
    private static final String MANIFEST = "manifest.json";
    private static final String NAME = "visionops-diagnostics-\\d{8}T\\d{6}Z\\.zip";
    private static final String ENTRY = "[a-z0-9][a-z0-9./-]{0,99}";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Folders folders;
    private final String version;
    private final Supplier<List<DiagnosticsSource>> sources;
    private final ObjectMapper json;
    private final Clock clock;
    private final Ticker ticker;
    private final AtomicBoolean busy = new AtomicBoolean();

    /**
     * Where things lie.
     *
     * @param written where files go whose place is not named
     * @param secret folders that hold nothing but secrets
     */
    public record Folders(Path written, Path etc, Path log, List<Path> secret) {

        public Folders {
            secret = List.copyOf(secret);
        }
    }

    /**
     * @param sources whatever there is at the time
     */
    public DiagnosticsMaker(
            Folders folders,
            String version,
            Supplier<List<DiagnosticsSource>> sources,
            ObjectMapper json,
            Clock clock,
            Ticker ticker) {
        this.folders = folders;
        this.version = version;
        this.sources = sources;
        this.json = json;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public DiagnosticsFile make(Optional<Path> file, Actor by) throws IOException {
        if (!busy.compareAndSet(false, true)) {
            throw new IOException("a diagnostics file is being made");
        }
        try {
            Instant now = clock.instant();
            Path target = target(file, now);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
            List<Entry> entries;
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                Collection collection = new Collection(zip);
                collection.all(now);
                entries = collection.entries;
                collection.add(MANIFEST, manifest(now, by, entries));
            }
            WholeFile.writeAmongOthers(target, bytes.toByteArray(), false);
            if (file.isEmpty()) {
                prune();
            }
            LOG.info("{} was written, asked for by {}", target, by);
            return new DiagnosticsFile(target, now, bytes.size(), entries);
        } finally {
            busy.set(false);
        }
    }

    /** Says what is wrong with the place before the work, not after it. */
    private Path target(Optional<Path> file, Instant now) throws IOException {
        if (file.isEmpty()) {
            Files.createDirectories(folders.written());
            return folders.written().resolve("visionops-diagnostics-" + TIME.format(now) + ".zip");
        }
        Path target = file.get().toAbsolutePath().normalize();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(target + ": the folder does not exist");
        }
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target + ": exists already");
        }
        return target;
    }

    private void prune() throws IOException {
        try (Stream<Path> files = Files.list(folders.written())) {
            List<Path> old =
                    files.filter(one -> one.getFileName().toString().matches(NAME))
                            .sorted(Comparator.<Path>naturalOrder().reversed())
                            .skip(KEPT)
                            .toList();
            for (Path one : old) {
                Files.delete(one);
            }
        }
    }

    private byte[] manifest(Instant now, Actor by, List<Entry> entries)
            throws JsonProcessingException {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("product", "VisionOps");
        manifest.put("version", version);
        manifest.put("made", now.toString());
        manifest.put("by", by.toString());
        manifest.put("entries", entries);
        return json.writeValueAsBytes(manifest);
    }

    /** One file that is being filled. */
    private final class Collection {

        private final ZipOutputStream zip;
        private final List<Entry> entries = new ArrayList<>();
        private final long started = ticker.nanos();
        private final MaskedText masked =
                new MaskedText(json, KnownSecrets.read(folders.etc(), folders.secret()));

        Collection(ZipOutputStream zip) {
            this.zip = zip;
        }

        void all(Instant now) throws IOException {
            configuration();
            for (DiagnosticsSource source : sources.get()) {
                if (source.name().matches(ENTRY) && !source.name().contains("..")) {
                    collect(source.name(), source.deadline(), () -> text(source));
                } else {
                    LOG.warn("{} is no name of an entry", source.name());
                }
            }
            for (LogExcerpt.Part part : new LogExcerpt(folders.log()).parts(now)) {
                collect("log/" + part.name(), OF_A_FILE, () -> log(part));
            }
        }

        private void configuration() throws IOException {
            try (Stream<Path> files = Files.list(folders.etc())) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (Files.isRegularFile(file) && MaskedConfiguration.isShown(name)) {
                        collect(
                                "etc/" + name,
                                OF_A_FILE,
                                () -> Text.of(masked.configuration(Files.readString(file))));
                    }
                }
            }
        }

        private Text text(DiagnosticsSource source) throws Exception {
            String text = source.produce();
            if (source.name().endsWith(".json")) {
                return Text.of(masked.document(text));
            }
            boolean all = text.length() <= LARGEST;
            return new Text(
                    masked.text(all ? text : text.substring(0, LARGEST)),
                    all ? Optional.empty() : Optional.of("the rest is left out"));
        }

        private Text log(LogExcerpt.Part part) throws IOException {
            String text = part.read();
            return new Text(
                    part.name().endsWith(".jsonl") ? lines(text) : masked.text(text),
                    part.skipped() == 0
                            ? Optional.empty()
                            : Optional.of("the first " + part.skipped() + " bytes are left out"));
        }

        /** What is no JSON was cut by a crash. */
        private String lines(String text) {
            StringBuilder lines = new StringBuilder(text.length());
            for (String line : text.lines().toList()) {
                try {
                    lines.append(masked.document(line)).append('\n');
                } catch (JsonProcessingException e) {
                    lines.append("{}\n");
                }
            }
            return lines.toString();
        }

        private void collect(String name, Duration deadline, Callable<Text> work)
                throws IOException {
            Duration left = ALL.minusNanos(ticker.nanos() - started);
            if (left.isNegative() || left.isZero()) {
                missing(name, "no time was left");
                return;
            }
            Duration limit = deadline.compareTo(left) < 0 ? deadline : left;
            Text text;
            try (TimedCalls calls =
                    new TimedCalls("diagnostics of " + name, "visionops-diagnostics", limit)) {
                text = calls.run(work, why -> new Text("", Optional.of(masked.text(why).strip())));
            }
            if (text.value().isEmpty() && text.missing().isPresent()) {
                missing(name, text.missing().get());
            } else {
                byte[] bytes = text.value().getBytes(StandardCharsets.UTF_8);
                add(name, bytes);
                entries.add(new Entry(name, bytes.length, Sha256.hex(bytes), text.missing()));
            }
        }

        private void missing(String name, String why) {
            entries.add(new Entry(name, 0, "", Optional.of(why)));
        }

        void add(String name, byte[] bytes) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(bytes);
            zip.closeEntry();
        }
    }

    /**
     * What was collected.
     *
     * @param missing why not all of it is there
     */
    private record Text(String value, Optional<String> missing) {

        static Text of(String value) {
            return new Text(value, Optional.empty());
        }
    }
}
