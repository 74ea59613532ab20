package dev.genfleet.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The frames of an animated GIF as a browser shows them: each picture in the file covers a part of the canvas and leaves through what
 * has not changed.
 */
final class GifFrames {

    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private GifFrames() {}

    /**
     * The whole canvas after each picture, RGB.
     *
     * @throws IOException when the file is no GIF, or one whose pictures vanish before the next, which the fleet does not write
     */
    static List<BufferedImage> of(byte[] file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(input);
            int count = reader.getNumImages(true);
            BufferedImage canvas =
                    new BufferedImage(reader.getWidth(0), reader.getHeight(0), BufferedImage.TYPE_INT_RGB);
            List<BufferedImage> frames = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                lay(reader.read(i), reader.getImageMetadata(i), canvas);
                frames.add(copy(canvas));
            }
            return List.copyOf(frames);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("it is a GIF that ends too early", e);
        } finally {
            reader.dispose();
        }
    }

    private static void lay(BufferedImage picture, IIOMetadata about, BufferedImage canvas) throws IOException {
        Node root = about.getAsTree(FORMAT);
        Element place = child(root, "ImageDescriptor");
        String after = child(root, "GraphicControlExtension").getAttribute("disposalMethod");
        if (after.startsWith("restore")) {
            throw new IOException(
                    "it is a GIF with a picture of disposal " + after + ", but all must be of none or doNotDispose");
        }
        draw(
                picture,
                canvas,
                Integer.parseInt(place.getAttribute("imageLeftPosition")),
                Integer.parseInt(place.getAttribute("imageTopPosition")));
    }

    private static Element child(Node parent, String name) throws IOException {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return (Element) node;
            }
        }
        throw new IOException("it is a GIF without " + name);
    }

    private static BufferedImage copy(BufferedImage canvas) {
        BufferedImage copy = new BufferedImage(canvas.getWidth(), canvas.getHeight(), BufferedImage.TYPE_INT_RGB);
        draw(canvas, copy, 0, 0);
        return copy;
    }

    private static void draw(BufferedImage picture, BufferedImage canvas, int left, int top) {
        Graphics2D brush = canvas.createGraphics();
        brush.drawImage(picture, left, top, null);
        brush.dispose();
    }
}
