package dev.genfleet.engine.media;

import dev.genfleet.engine.device.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG files (W3C PNG, third edition), 8 bits per channel, with the text chunks {@code parameters} and {@code genfleet}. */
public final class PngEncoder {

    private static final String FORMAT = "javax_imageio_png_1.0";

    private PngEncoder() {}

    /**
     * Encodes a picture; equal arguments give equal bytes.
     *
     * @param pixels about -1 to 1, which become bytes as {@link PixelBytes} says
     * @param text what the picture says about its making
     */
    public static byte[] encode(Pixels pixels, PictureText text) {
        try {
            return write(RgbImage.of(pixels), text);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory could not be written as PNG", e);
        }
    }

    private static byte[] write(BufferedImage image, PictureText text) throws IOException {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
        ImageWriter writer = writers.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            addText(metadata, "parameters", text.parameters());
            addText(metadata, "genfleet", text.genfleet());
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, metadata));
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A tEXt chunk where Latin-1 suffices, which every reader knows, and else an iTXt chunk. */
    private static void addText(IIOMetadata metadata, String keyword, String text) throws IIOInvalidTreeException {
        boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
        IIOMetadataNode entry = new IIOMetadataNode(latin ? "tEXtEntry" : "iTXtEntry");
        entry.setAttribute("keyword", keyword);
        if (latin) {
            entry.setAttribute("value", text);
        } else {
            entry.setAttribute("compressionFlag", "FALSE");
            entry.setAttribute("compressionMethod", "0");
            entry.setAttribute("languageTag", "");
            entry.setAttribute("translatedKeyword", "");
            entry.setAttribute("text", text);
        }
        IIOMetadataNode chunk = new IIOMetadataNode(latin ? "tEXt" : "iTXt");
        chunk.appendChild(entry);
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        root.appendChild(chunk);
        metadata.mergeTree(FORMAT, root);
    }
}
