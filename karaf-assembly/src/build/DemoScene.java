import io.visionops.testkit.scene.SceneVideo;
import io.visionops.testkit.scene.Scenes;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Makes the scene of the demo while the distribution is built: PLATFORM SCRATCH-FOLDER VIDEO-FILE. */
class DemoScene {

    public static void main(String[] words) throws Exception {
        Path video = Path.of(words[2]);
        Files.createDirectories(video.getParent());
        SceneVideo.write(Scenes.demo(), ffmpeg(words[0], Path.of(words[1])), video);
    }

    /** Unpacks the program from the natives, with the libraries beside it. */
    private static Path ffmpeg(String platform, Path scratch) throws Exception {
        String folder = "org/bytedeco/ffmpeg/" + platform + "/";
        URL program = DemoScene.class.getClassLoader().getResource(folder + "ffmpeg");
        if (program == null) {
            throw new IllegalStateException("the natives hold no ffmpeg for " + platform);
        }
        JarFile natives = ((JarURLConnection) program.openConnection()).getJarFile();
        List<JarEntry> files = natives.stream()
                .filter(entry -> entry.getName().startsWith(folder) && !entry.isDirectory())
                .toList();
        for (JarEntry entry : files) {
            Path file = scratch.resolve(entry.getName().substring(folder.length()));
            Files.createDirectories(file.getParent());
            try (InputStream content = natives.getInputStream(entry)) {
                Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            }
            file.toFile().setExecutable(true);
        }
        return scratch.resolve("ffmpeg");
    }
}
