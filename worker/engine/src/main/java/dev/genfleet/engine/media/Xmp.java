package dev.genfleet.engine.media;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * XMP packets (ISO 16684-1): where JPEG and WebP files say what was their making. The description, which viewers show, is a
 * picture's {@code parameters}; the property {@code spec} of the namespace {@value #NAMESPACE} is its JSON.
 */
public final class Xmp {

    /** Namespace of the property {@code spec}. */
    public static final String NAMESPACE = "urn:genfleet:xmp:1#";

    private static final String BEGIN = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:genfleet="%s">
            """.formatted(NAMESPACE);
    private static final String END = """
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>""";

    private Xmp() {}

    /** The packet, UTF-8. */
    public static byte[] packet(PictureText text) {
        String description = "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">"
                + xml(text.parameters(), illegal -> "\uFFFD") + "</rdf:li></rdf:Alt></dc:description>\n";
        return bytes(BEGIN + description + spec(text) + END);
    }

    /** The packet within {@code longest} bytes: without its description where it is too long, and none where even so. */
    static Optional<byte[]> packet(PictureText text, int longest) {
        byte[] full = packet(text);
        byte[] bare = full.length <= longest ? full : bytes(BEGIN + spec(text) + END);
        return bare.length <= longest ? Optional.of(bare) : Optional.empty();
    }

    private static String spec(PictureText text) {
        // XML cannot say every character, but JSON has another form of each.
        String json = xml(text.genfleet(), illegal -> String.format("\\u%04x", illegal));
        return "<genfleet:spec>" + json + "</genfleet:spec>\n";
    }

    /** Text as XML 1.0 has it (section 2.2 for what it lacks). */
    private static String xml(String text, IntFunction<String> illegal) {
        return text.codePoints()
                .mapToObj(code -> switch (code) {
                    case '&' -> "&amp;";
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '\r' -> "&#13;";
                    default -> legal(code) ? Character.toString(code) : illegal.apply(code);
                })
                .collect(Collectors.joining());
    }

    private static boolean legal(int code) {
        boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        return code == '\t' || code == '\n' || (code >= ' ' && !surrogate && code != 0xFFFE && code != 0xFFFF);
    }

    private static byte[] bytes(String packet) {
        return packet.getBytes(StandardCharsets.UTF_8);
    }
}
