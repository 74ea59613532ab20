package dev.genfleet.engine.media;

import dev.genfleet.engine.device.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * JPEG files (ITU-T T.81, in the JFIF form) of quality 95, with colours as fine as brightness (4:4:4) because generated pictures have hard
 * coloured edges. They carry an XMP packet.
 */
public final class JpegEncoder {

    private static final float QUALITY = 0.95f;
    private static final String FORMAT = "javax_imageio_jpeg_image_1.0";

    /** APP1, where the XMP specification (part 3, section 1.1.3) puts the packet behind this name. */
    private static final String XMP_MARKER = "225";

    private static final byte[] XMP_NAME = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_XMP = 65_502;

    private JpegEncoder() {}

    /**
     * Encodes a picture; equal arguments give equal bytes.
     *
     * @param pixels about -1 to 1, which become bytes as {@link PixelBytes} says
     * @param text what the picture says about its making, as far as a JPEG segment holds it
     */
    public static byte[] encode(Pixels pixels, PictureText text) {
        try {
            return write(RgbImage.of(pixels), text);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory could not be written as JPEG", e);
        }
    }

    private static byte[] write(BufferedImage image, PictureText text) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(QUALITY);
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), settings);
            metadata.setFromTree(FORMAT, described(metadata, text));
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, metadata), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static Element described(IIOMetadata metadata, PictureText text) throws IIOInvalidTreeException {
        Element root = (Element) metadata.getAsTree(FORMAT);
        NodeList components = root.getElementsByTagName("componentSpec");
        for (int i = 0; i < components.getLength(); i++) {
            Element component = (Element) components.item(i);
            component.setAttribute("HsamplingFactor", "1");
            component.setAttribute("VsamplingFactor", "1");
        }
        Optional<byte[]> packet = Xmp.packet(text, LONGEST_XMP);
        if (packet.isPresent()) {
            IIOMetadataNode segment = new IIOMetadataNode("unknown");
            segment.setAttribute("MarkerTag", XMP_MARKER);
            segment.setUserObject(named(packet.get()));
            Element markers =
                    (Element) root.getElementsByTagName("markerSequence").item(0);
            markers.insertBefore(segment, markers.getFirstChild());
        }
        return root;
    }

    private static byte[] named(byte[] packet) {
        byte[] segment = new byte[XMP_NAME.length + packet.length];
        System.arraycopy(XMP_NAME, 0, segment, 0, XMP_NAME.length);
        System.arraycopy(packet, 0, segment, XMP_NAME.length, packet.length);
        return segment;
    }
}
