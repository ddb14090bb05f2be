package io.visionops.updater.internal.maker;

import io.visionops.updater.internal.maker.MakerRepository.Published;
import io.visionops.updater.internal.metadata.Pointer;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseBundle;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.metadata.RoleKeys;
import io.visionops.updater.internal.metadata.RootMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * Signs what is published, each role by itself. What others refer to is written before those, the
 * timestamp last: until then the repository gives what it gave before.
 */
final class Publication {

    private final KeyFolder keys;
    private final MakerRepository repository;
    private final Clock clock;
    private final List<RootMetadata> chain;
    private final RootMetadata root;

    Publication(KeyFolder keys, MakerRepository repository, Clock clock) throws ToolException {
        this.keys = keys;
        this.repository = repository;
        this.clock = clock;
        this.chain = keys.chain();
        this.root = chain.get(chain.size() - 1);
    }

    RootMetadata root() {
        return root;
    }

    Published published() throws ToolException {
        return repository
                .published(chain)
                .orElseThrow(() -> new ToolException("nothing is published there: sign first"));
    }

    /** The release of a folder, with its files. */
    Release release(
            ProgramFolder program, long number, String platform, Duration valid, Duration fresh)
            throws ToolException {
        Optional<Published> before = repository.published(chain);
        Release release =
                new Release(
                        number,
                        program.version(),
                        root.product(),
                        platform,
                        after(valid),
                        program.schema(),
                        program.files(),
                        program.bundles());
        if (before.isPresent()) {
            requireNewer(release, before.get().release());
        }
        requireKeys(Role.TARGETS, Role.SNAPSHOT, Role.TIMESTAMP);
        byte[] signed = signed(release);
        repository.writeFiles(program);
        repository.writeRoots(keys.roots());
        publish(release, signed, before, after(valid), fresh);
        return release;
    }

    /** The same release, valid for longer. */
    void extend(Duration valid, Duration fresh) throws ToolException {
        Published before = published();
        requireKeys(Role.TARGETS, Role.SNAPSHOT, Role.TIMESTAMP);
        repository.writeRoots(keys.roots());
        Release was = before.release();
        Release release =
                new Release(
                        was.number(),
                        was.version(),
                        was.product(),
                        was.platform(),
                        after(valid),
                        was.schema(),
                        was.files(),
                        was.bundles());
        publish(release, signed(release), Optional.of(before), after(valid), fresh);
    }

    /** After a rotation: what keys of the role have signed, and what refers to that. */
    void signAgain(Role role, Published before, Duration fresh) throws ToolException {
        switch (role) {
            case TARGETS ->
                    publish(
                            before.release(),
                            signed(before.release()),
                            Optional.of(before),
                            before.snapshot().expires(),
                            fresh);
            case SNAPSHOT ->
                    snapshot(
                            before.snapshot().next(),
                            Optional.of(before),
                            before.snapshot().expires(),
                            fresh);
            case TIMESTAMP -> timestamp(before, fresh);
            case ROOT -> {}
        }
    }

    /** The same snapshot, said to be the newest for some time more. */
    Instant timestamp(Published before, Duration fresh) throws ToolException {
        repository.writeRoots(keys.roots());
        return timestamp(before.timestamp().next(), before.timestamp().version() + 1, fresh);
    }

    void requireKeys(Role... roles) throws ToolException {
        for (Role role : roles) {
            keys.require(root.keys(role));
        }
    }

    private void publish(
            Release release,
            byte[] signed,
            Optional<Published> before,
            Instant expires,
            Duration fresh)
            throws ToolException {
        repository.write(Role.TARGETS, release.number(), signed);
        snapshot(Pointer.Next.of(release.number(), signed), before, expires, fresh);
    }

    private void snapshot(
            Pointer.Next next, Optional<Published> before, Instant expires, Duration fresh)
            throws ToolException {
        long version = before.map(one -> one.snapshot().version()).orElse(0L) + 1;
        byte[] signed =
                sign(Role.SNAPSHOT, new Pointer(Role.SNAPSHOT, version, expires, next).form());
        repository.write(Role.SNAPSHOT, version, signed);
        timestamp(
                Pointer.Next.of(version, signed),
                before.map(one -> one.timestamp().version()).orElse(0L) + 1,
                fresh);
    }

    private Instant timestamp(Pointer.Next next, long version, Duration fresh)
            throws ToolException {
        Instant expires = after(fresh);
        repository.write(
                Role.TIMESTAMP,
                0,
                sign(Role.TIMESTAMP, new Pointer(Role.TIMESTAMP, version, expires, next).form()));
        return expires;
    }

    /** Read again as those do who install it, so that what they refuse is refused here. */
    private byte[] signed(Release release) throws ToolException {
        byte[] signed = sign(Role.TARGETS, release.form());
        try {
            Release.read(
                    signed,
                    Pointer.Next.of(release.number(), signed),
                    root.keys(Role.TARGETS),
                    Long.MAX_VALUE);
            return signed;
        } catch (RepositoryException e) {
            throw new ToolException("nobody would accept this release: " + e.getMessage(), e);
        }
    }

    private byte[] sign(Role role, Map<String, Object> form) throws ToolException {
        RoleKeys signing = root.keys(role);
        return keys.sign(form, signing);
    }

    private Instant after(Duration duration) {
        return clock.instant().plus(duration).truncatedTo(ChronoUnit.SECONDS);
    }

    /** A version that was given out means one set of bytes for ever: others have it in caches. */
    private static void requireNewer(Release release, Release before) throws ToolException {
        if (release.number() <= before.number()) {
            throw new ToolException(
                    "release " + before.number() + " is published: the number is to be higher");
        }
        Map<String, ReleaseBundle> known = new HashMap<>();
        Map<String, Version> highest = new HashMap<>();
        for (ReleaseBundle one : before.bundles()) {
            known.put(one.name() + " " + one.version(), one);
            highest.merge(
                    one.name(), new Version(one.version()), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        Map<String, Version> now = new HashMap<>();
        for (ReleaseBundle one : release.bundles()) {
            String name = one.name() + " " + one.version();
            ReleaseBundle same = known.get(name);
            if (same != null && !hash(release, one).equals(hash(before, same))) {
                throw new ToolException(
                        name
                                + " has other bytes than in release "
                                + before.number()
                                + ": raise its version");
            }
            now.merge(
                    one.name(), new Version(one.version()), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        for (Map.Entry<String, Version> one : now.entrySet()) {
            Version was = highest.get(one.getKey());
            if (was != null && one.getValue().compareTo(was) < 0) {
                throw new ToolException(
                        one.getKey()
                                + " "
                                + one.getValue()
                                + " is below "
                                + was
                                + " of release "
                                + before.number()
                                + ", which nobody accepts: raise its version");
            }
        }
    }

    private static String hash(Release release, ReleaseBundle bundle) {
        ReleaseFile file = release.files().get(bundle.path());
        return file == null ? "" : file.sha256();
    }
}
