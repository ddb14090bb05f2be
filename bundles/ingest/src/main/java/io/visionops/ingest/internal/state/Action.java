package io.visionops.ingest.internal.state;

import io.visionops.api.camera.Fault;

/** What is to be done about a happening. */
public sealed interface Action {

    /** Start a decoder. */
    record Start() implements Action {}

    /** Do nothing until then, monotonic; then it is due. */
    record WaitUntil(long nanos) implements Action {}

    /** End the decoder that runs; that it ends is no loss then. */
    record EndDecoder() implements Action {}

    /**
     * Journal the new state.
     *
     * @param more words beside the fault; may be empty
     */
    record Tell(String more) implements Action {}

    /** The way in use has proved good. */
    record Keep() implements Action {}

    /** A person is needed: waiting does not help. */
    record Alert(Fault fault) implements Action {}
}
