package dev.genfleet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

class GifFramesTest {

    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    @Test
    void aPartialPictureIsLaidOverThoseBefore() throws Exception {
        List<BufferedImage> frames = GifFrames.of(gif("none"));

        assertThat(frames).hasSize(2);
        assertThat(frames.getFirst().getRGB(5, 6)).isEqualTo(Color.RED.getRGB());
        assertThat(frames.getLast().getRGB(5, 6)).isEqualTo(Color.BLUE.getRGB());
        assertThat(frames.getLast().getRGB(4, 6)).isEqualTo(Color.RED.getRGB());
        assertThat(frames.getLast().getWidth()).isEqualTo(8);
    }

    @Test
    void picturesThatVanishAreRefused() {
        assertThatThrownBy(() -> GifFrames.of(gif("restoreToBackgroundColor")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("restoreToBackgroundColor");
    }

    @Test
    void whatIsNoGifIsRefused() {
        assertThatThrownBy(() -> GifFrames.of("no picture".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    /** Red, then a blue piece of 3 x 2 pixels at 5, 6. */
    private static byte[] gif(String disposal) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            write(writer, filled(8, 8, Color.RED), 0, 0, "none");
            write(writer, filled(3, 2, Color.BLUE), 5, 6, disposal);
            writer.endWriteSequence();
        }
        return file.toByteArray();
    }

    private static void write(ImageWriter writer, BufferedImage picture, int left, int top, String disposal)
            throws IOException {
        IIOMetadata about = writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(picture), writer.getDefaultWriteParam());
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        IIOMetadataNode place = new IIOMetadataNode("ImageDescriptor");
        place.setAttribute("imageLeftPosition", Integer.toString(left));
        place.setAttribute("imageTopPosition", Integer.toString(top));
        place.setAttribute("imageWidth", Integer.toString(picture.getWidth()));
        place.setAttribute("imageHeight", Integer.toString(picture.getHeight()));
        place.setAttribute("interlaceFlag", "FALSE");
        root.appendChild(place);
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", disposal);
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("delayTime", "25");
        control.setAttribute("transparentColorIndex", "0");
        root.appendChild(control);
        about.mergeTree(FORMAT, root);
        writer.writeToSequence(new IIOImage(picture, null, about), null);
    }

    private static BufferedImage filled(int width, int height, Color colour) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED);
        Graphics2D brush = picture.createGraphics();
        brush.setColor(colour);
        brush.fillRect(0, 0, width, height);
        brush.dispose();
        return picture;
    }
}
