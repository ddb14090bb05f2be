package io.visionops.testkit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** An open file or folder of a {@link RecordedDisk}. */
final class RecordingChannel extends FileChannel {

    private final FileChannel real;
    private final RecordedDisk disk;
    private final long node;
    private final boolean appends;

    RecordingChannel(FileChannel real, RecordedDisk disk, long node, boolean appends) {
        this.real = real;
        this.disk = disk;
        this.node = node;
        this.appends = appends;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return write(bytes, appends ? real.size() : real.position(), () -> real.write(bytes));
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        return write(bytes, position, () -> real.write(bytes, position));
    }

    private interface Writing {
        int write() throws IOException;
    }

    private int write(ByteBuffer bytes, long at, Writing writing) throws IOException {
        ByteBuffer same = bytes.duplicate();
        byte[] written = new byte[writing.write()];
        same.get(written);
        disk.written(node, at, written);
        return written.length;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += write(sources[i]);
        }
        return sum;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        boolean shorter = size < real.size();
        real.truncate(size);
        if (shorter) {
            disk.truncated(node, size);
        }
        return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        real.force(metadata);
        disk.synced(node);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return real.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return real.read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return real.read(target, position);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
            throws IOException {
        return real.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return real.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
