package io.visionops.itests;

import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.testkit.rtsp.TestVideos;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the cameras of the fault tests play. Made once.
 *
 * @param hostile for the hostile camera
 * @param clip twenty minutes of the demo's scene, since GStreamer's server plays a file once
 * @param elementary H.264 with start codes, ten pictures a second
 */
record FaultMedia(TestVideos hostile, Path clip, Path elementary) {

    static synchronized FaultMedia make() throws IOException, InterruptedException {
        DecoderProgram program = Ffmpeg.program();
        Path folder = Files.createDirectories(Instance.TARGET.resolve("clips/faults"));
        TestVideos videos = TestVideos.make(folder, program.path(), program.environment());
        Path clip = folder.resolve("twenty-minutes.mp4");
        if (!Files.exists(clip)) {
            Path part = folder.resolve("part.mp4");
            String demo = Clips.of(Scenes.demo()).toString();
            Ffmpeg.run(
                    List.of(
                            "-stream_loop",
                            "-1",
                            "-i",
                            demo,
                            "-t",
                            "1200",
                            "-c",
                            "copy",
                            part.toString()));
            Files.move(part, clip);
        }
        return new FaultMedia(videos, clip, folder.resolve("usual.h264"));
    }
}
