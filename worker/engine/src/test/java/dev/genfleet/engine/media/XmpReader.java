package dev.genfleet.engine.media;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/** Finds the XMP packet of a file, and reads it with the platform's XML parser. */
public final class XmpReader {

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    private XmpReader() {}

    /** What the packet of a JPEG file says. */
    public static PictureText ofJpeg(byte[] file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(file).position(2);
        while (true) {
            int marker = Short.toUnsignedInt(bytes.getShort());
            byte[] segment = new byte[Short.toUnsignedInt(bytes.getShort()) - 2];
            bytes.get(segment);
            byte[] name = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);
            if (marker == 0xFFE1 && Arrays.equals(segment, 0, name.length, name, 0, name.length)) {
                return read(Arrays.copyOfRange(segment, name.length, segment.length));
            }
        }
    }

    /** What the packet of a WebP file says. */
    public static PictureText ofWebp(byte[] file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(12);
        while (true) {
            byte[] name = new byte[4];
            bytes.get(name);
            byte[] data = new byte[bytes.getInt()];
            bytes.get(data);
            if (new String(name, StandardCharsets.US_ASCII).equals("XMP ")) {
                return read(data);
            }
            bytes.position(bytes.position() + data.length % 2);
        }
    }

    /** What a packet says; the description is empty where there is none. */
    static PictureText read(byte[] packet) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(packet));
        var descriptions = document.getElementsByTagNameNS(RDF, "li");
        return new PictureText(
                descriptions.getLength() == 0 ? "" : descriptions.item(0).getTextContent(),
                document.getElementsByTagNameNS(Xmp.NAMESPACE, "spec").item(0).getTextContent());
    }
}
