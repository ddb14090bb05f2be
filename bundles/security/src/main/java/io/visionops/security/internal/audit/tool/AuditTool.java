package io.visionops.security.internal.audit.tool;

import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.chain.DevicePublicKey;
import io.visionops.security.internal.audit.chain.EpochKey;
import io.visionops.security.internal.audit.chain.KeyFolder;
import io.visionops.security.internal.audit.chain.LogFolder;
import io.visionops.security.internal.audit.verify.Evidence;
import io.visionops.security.internal.audit.verify.Evidence.Copy;
import io.visionops.security.internal.audit.verify.Finding;
import io.visionops.security.internal.audit.verify.VerificationReport;
import io.visionops.security.internal.audit.verify.Verifier;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Verifies the audit of an installation or a copy of it: {@code bin/visionops-audit}. */
public final class AuditTool {

    private static final String USAGE =
            """
            visionops-audit FOLDER [--public-key FILE] [--checkpoints FOLDER|FILE] [--key FILE]
              FOLDER         the folder audit of a data folder, or a copy of it
              --public-key   key of the device, as it was when it was put up (FOLDER/device.pub)
              --checkpoints  files with checkpoints: of the watchdog's folder, mails, backups
              --key          the first key, as audit-key prints it: without it tags are not verified
            Ends with 0 when nothing says that it was changed, with 1 when something does, with 2 when it
            cannot be verified.""";

    private static final int GOOD = 0;
    private static final int CHANGED = 1;
    private static final int FAILED = 2;

    private static final List<String> OPTIONS = List.of("--public-key", "--checkpoints", "--key");
    private static final Pattern CHECKPOINT =
            Pattern.compile("visionops-audit-1( \\S+){5} [A-Za-z0-9+/=]{88}");
    private static final long LARGEST_FILE = 64 << 20;

    private final PrintStream out;
    private final PrintStream errors;

    AuditTool(PrintStream out, PrintStream errors) {
        this.out = out;
        this.errors = errors;
    }

    public static void main(String[] words) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new AuditTool(out, System.err).run(List.of(words)));
    }

    /** The exit status. */
    int run(List<String> words) {
        if (words.isEmpty() || words.contains("--help") || words.get(0).equals("help")) {
            out.println(USAGE);
            return words.isEmpty() ? FAILED : GOOD;
        }
        try {
            Map<String, String> options = new HashMap<>();
            Path folder = read(words, options);
            return verify(folder, options);
        } catch (IOException | IllegalArgumentException e) {
            errors.println("visionops-audit: " + e.getMessage());
            return FAILED;
        }
    }

    private static Path read(List<String> words, Map<String, String> options) {
        List<String> folders = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                folders.add(word);
            } else if (!OPTIONS.contains(word)) {
                throw new IllegalArgumentException("no option " + word + "; --help shows them");
            } else if (i + 1 == words.size()) {
                throw new IllegalArgumentException(word + ": its value is missing");
            } else {
                options.put(word, words.get(++i));
            }
        }
        if (folders.size() != 1) {
            throw new IllegalArgumentException("one folder is needed; --help shows how");
        }
        return Path.of(folders.get(0)).toAbsolutePath().normalize();
    }

    private int verify(Path folder, Map<String, String> options) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is no folder");
        }
        List<Copy> copies = copies(folder, Optional.ofNullable(options.get("--checkpoints")));
        Evidence evidence =
                new Evidence(
                        text(options.get("--key")).map(AuditTool::key),
                        text(options.get("--public-key")).map(DevicePublicKey::read),
                        OptionalLong.empty(),
                        copies);
        VerificationReport report = Verifier.verify(new LogFolder(folder), evidence, () -> false);
        for (Finding finding : report.findings()) {
            out.println((finding.isTampering() ? "CHANGED " : "note ") + finding);
        }
        if (report.lines() == 0) {
            throw new IllegalArgumentException(folder + " holds no audit");
        }
        out.println(
                (report.isClean() ? "as it was written" : "THE AUDIT WAS CHANGED")
                        + ": lines "
                        + report.firstSeq()
                        + " to "
                        + report.lastSeq()
                        + ", "
                        + report.epochs()
                        + " epochs sealed, "
                        + copies.size()
                        + " checkpoints from elsewhere, tags "
                        + (report.tags() ? "verified" : "not verified"));
        return report.isClean() ? GOOD : CHANGED;
    }

    private static Optional<String> text(@Nullable String file) throws IOException {
        return file == null
                ? Optional.empty()
                : Optional.of(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
    }

    private static EpochKey key(String text) {
        return KeyFolder.read(text);
    }

    /** Where none are named, those in the watchdog's folder, if it was copied too. */
    private static List<Copy> copies(Path folder, Optional<String> named) throws IOException {
        Path place =
                named.map(Path::of).orElse(folder.resolveSibling("watchdog/audit-checkpoints.txt"));
        List<Copy> copies = new ArrayList<>();
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    read(file, copies);
                }
            }
        } else if (Files.isRegularFile(place)) {
            read(place, copies);
        } else if (named.isPresent()) {
            throw new IllegalArgumentException(place + " is not there");
        }
        return copies;
    }

    private static void read(Path file, List<Copy> copies) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IllegalArgumentException(file + " is too large for checkpoints");
        }
        Matcher found = CHECKPOINT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (found.find()) {
            Checkpoint.parse(found.group())
                    .ifPresent(one -> copies.add(new Copy(one, file.toString())));
        }
    }
}
