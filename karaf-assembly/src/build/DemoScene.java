import io.visionops.ingest.internal.decoder.DecoderInstaller;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.testkit.scene.SceneVideo;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the scene of the demo while the distribution is built; its argument is the video file. */
class DemoScene {

    public static void main(String[] words) throws Exception {
        Path video = Path.of(words[0]);
        Files.createDirectories(video.getParent());
        DecoderProgram ffmpeg = new DecoderInstaller().install();
        SceneVideo.write(Scenes.demo(), ffmpeg.path(), ffmpeg.environment(), video);
    }
}
