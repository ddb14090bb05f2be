package io.visionops.updater.internal.source;

import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** One address of a repository. */
final class Mirror implements Source {

    private final HttpFetch fetch;
    private final URI folder;

    Mirror(HttpFetch fetch, URI folder) {
        this.fetch = fetch;
        this.folder = folder;
    }

    @Override
    public byte[] metadata(String name, int most) throws RepositoryException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fetch.get(
                folder.resolve(name),
                HttpFetch.Range.upTo(most),
                new HttpFetch.Receiver() {
                    @Override
                    public void fromStart() {
                        body.reset();
                    }

                    @Override
                    public void bytes(ByteBuffer part) throws RepositoryException {
                        if (body.size() + part.remaining() > most) {
                            throw new RepositoryException(
                                    Reason.TOO_LARGE, name + " is larger than " + most + " bytes");
                        }
                        byte[] copied = new byte[part.remaining()];
                        part.get(copied);
                        body.writeBytes(copied);
                    }
                });
        return body.toByteArray();
    }

    @Override
    public void file(ReleaseFile file, Path target, Progress progress) throws RepositoryException {
        PartFile.receive(file, target, progress, part -> receive(file, part));
    }

    private void receive(ReleaseFile file, PartFile part) throws RepositoryException {
        if (part.missing() == 0) {
            return;
        }
        fetch.get(
                folder.resolve("targets/" + file.sha256()),
                HttpFetch.Range.from(part.length(), file.length()),
                new HttpFetch.Receiver() {
                    @Override
                    public void fromStart() throws RepositoryException {
                        part.restart();
                    }

                    @Override
                    public void bytes(ByteBuffer bytes) throws RepositoryException {
                        part.append(bytes);
                    }
                });
        if (part.missing() > 0) {
            // What has come stays, and the rest is asked for the next time.
            throw new RepositoryException(
                    Reason.UNREACHABLE, "targets/" + file.sha256() + " ended too early");
        }
    }
}
