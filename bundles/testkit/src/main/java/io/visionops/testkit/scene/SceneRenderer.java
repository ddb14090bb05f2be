package io.visionops.testkit.scene;

import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Random;

/**
 * Draws the frames of a scene: a paved court, figures that walk, sensor noise. The same scene gives
 * the same bytes each time. Used by one thread.
 */
public final class SceneRenderer {

    private static final int NOISE = 4;

    private final Scene scene;
    private final BufferedImage court;
    private final BufferedImage picture;
    private final byte[] pixels;

    public SceneRenderer(Scene scene) {
        this.scene = scene;
        this.court = court(scene.width(), scene.height());
        this.picture =
                new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_3BYTE_BGR);
        this.pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    }

    /**
     * Returns the frame as packed BGR, {@code 3 * width * height} bytes; overwritten by the next
     * call.
     */
    public byte[] render(int frame) {
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.drawImage(court, 0, 0, null);
        double second = (double) frame / scene.fps();
        for (Walker walker : scene.walkers()) {
            walker.feet(second).ifPresent(feet -> draw(g, walker, feet, second));
        }
        for (Box pillar : scene.pillars()) {
            draw(g, pillar);
        }
        g.dispose();
        addNoise(new Random(frame));
        return pixels;
    }

    private void draw(Graphics2D g, Walker walker, Point feet, double second) {
        double tall = walker.height() * scene.height();
        double x = feet.x() * scene.width();
        double y = feet.y() * scene.height();
        double stride = Math.sin(walker.walked(second) * 2 * Math.PI * 0.9) * 0.13 * tall;
        double hip = y - 0.45 * tall;
        g.setStroke(
                new BasicStroke(
                        (float) (0.1 * tall), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(walker.coat().darker().darker());
        g.draw(new Line2D.Double(x, hip, x - stride, y - 0.05 * tall));
        g.draw(new Line2D.Double(x, hip, x + stride, y - 0.05 * tall));
        g.setColor(walker.coat());
        g.fill(
                new RoundRectangle2D.Double(
                        x - 0.14 * tall,
                        y - 0.84 * tall,
                        0.28 * tall,
                        0.44 * tall,
                        0.12 * tall,
                        0.12 * tall));
        g.setColor(new Color(205, 160, 130));
        g.fill(new Ellipse2D.Double(x - 0.075 * tall, y - tall, 0.15 * tall, 0.17 * tall));
    }

    private void draw(Graphics2D g, Box pillar) {
        g.setColor(new Color(120, 110, 100));
        g.fill(
                new Rectangle2D.Double(
                        pillar.x1() * scene.width(),
                        pillar.y1() * scene.height(),
                        pillar.width() * scene.width(),
                        pillar.height() * scene.height()));
    }

    private void addNoise(Random random) {
        for (int i = 0; i < pixels.length; i += 3) {
            int noise = random.nextInt(2 * NOISE + 1) - NOISE;
            for (int channel = i; channel < i + 3; channel++) {
                pixels[channel] =
                        (byte) Math.max(0, Math.min(255, (pixels[channel] & 0xff) + noise));
            }
        }
    }

    private static BufferedImage court(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        g.setColor(new Color(150, 160, 165));
        g.fillRect(0, 0, width, height / 4);
        Random random = new Random(7);
        int slab = height / 15;
        for (int y = height / 4; y < height; y += slab) {
            for (int x = 0; x < width; x += 2 * slab) {
                int grey = 105 + random.nextInt(30);
                g.setColor(new Color(grey, grey, grey - 6));
                g.fillRect(x, y, 2 * slab - 1, slab - 1);
            }
        }
        g.dispose();
        return image;
    }
}
