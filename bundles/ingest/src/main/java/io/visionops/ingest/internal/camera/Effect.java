package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Fault;

/** What is to be done about a happening. */
sealed interface Effect {

    /** Start a decoder. */
    record Start() implements Effect {}

    /** Do nothing until then, monotonic; then it is due. */
    record WaitUntil(long nanos) implements Effect {}

    /** End the decoder that runs; that it ends is no loss then. */
    record EndDecoder() implements Effect {}

    /**
     * Journal the new state.
     *
     * @param more words beside the fault; may be empty
     */
    record Tell(String more) implements Effect {}

    /** The way in use has proved good. */
    record Keep() implements Effect {}

    /** A person is needed: waiting does not help. */
    record Alert(Fault fault) implements Effect {}
}
