package io.visionops.ingest.internal.state;

import io.visionops.api.camera.Fault;

/** What can happen to a camera. */
public sealed interface Trigger {

    /** The columns of {@link TransitionTable}. */
    enum Kind {
        DUE,
        FRAME,
        LOST,
        FINISHED,
        SLOW,
        FLUENT,
        PICTURE_FAULT,
        PICTURE_WELL,
        ASKED,
        ANSWERED,
        PAUSED,
        RESUMED,
        DISABLED
    }

    Kind kind();

    /** The time of the next try has come. */
    record Due() implements Trigger {
        @Override
        public Kind kind() {
            return Kind.DUE;
        }
    }

    /** A frame came. */
    record FrameCame() implements Trigger {
        @Override
        public Kind kind() {
            return Kind.FRAME;
        }
    }

    /**
     * The stream is gone, or did not come.
     *
     * @param refused the camera has said no to another transport than the usual one, and so is
     *     there
     */
    record Lost(Fault fault, boolean refused) implements Trigger {

        public Lost(Fault fault) {
            this(fault, false);
        }

        @Override
        public Kind kind() {
            return Kind.LOST;
        }
    }

    /**
     * A file that is read once has been read.
     *
     * @param words to where
     */
    record Finished(String words) implements Trigger {
        @Override
        public Kind kind() {
            return Kind.FINISHED;
        }
    }

    /**
     * Frames have come slower than half the set rate for ten seconds.
     *
     * @param words how slow
     */
    record Slow(String words) implements Trigger {
        @Override
        public Kind kind() {
            return Kind.SLOW;
        }
    }

    /** Frames come at a good rate again. */
    record Fluent() implements Trigger {
        @Override
        public Kind kind() {
            return Kind.FLUENT;
        }
    }

    /** Frames come, but show nothing that could be analysed, or are not analysed as they should. */
    record PictureFault(Fault fault) implements Trigger {
        @Override
        public Kind kind() {
            return Kind.PICTURE_FAULT;
        }
    }

    /** The pictures are good again, and analysed as they should. */
    record PictureWell() implements Trigger {
        @Override
        public Kind kind() {
            return Kind.PICTURE_WELL;
        }
    }

    /** Somebody wants it to be tried at once, whatever it does. */
    record Asked() implements Trigger {
        @Override
        public Kind kind() {
            return Kind.ASKED;
        }
    }

    /** It answers again, after a time in which it did not: it is tried now. */
    record Answered() implements Trigger {
        @Override
        public Kind kind() {
            return Kind.ANSWERED;
        }
    }

    /**
     * Nothing of it is to be decoded until {@link Resumed}.
     *
     * @param words who asked for that and why
     */
    record Paused(String words) implements Trigger {
        @Override
        public Kind kind() {
            return Kind.PAUSED;
        }
    }

    /** It is to be decoded again. */
    record Resumed() implements Trigger {
        @Override
        public Kind kind() {
            return Kind.RESUMED;
        }
    }

    /** It is not wanted any more; one that is enabled again begins anew. */
    record Disabled() implements Trigger {
        @Override
        public Kind kind() {
            return Kind.DISABLED;
        }
    }
}
