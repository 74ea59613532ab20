package dev.genfleet.engine.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.wire.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class XmpTest {

    private record Said(String prompt) {}

    @Test
    void everyTextIsReadAgainByAnXmlParser() throws Exception {
        PictureText text = new PictureText("a <b> & c\r\n\"星\" 🎈", "{\"prompt\":\"a <b> & ]]> 星 🎈\"}");
        assertThat(XmpReader.read(Xmp.packet(text))).isEqualTo(text);
    }

    @Test
    void charactersThatXmlLacksAreKeptInTheJson() throws Exception {
        String prompt = "a\u0001b\uFFFEc";
        String json = new String(Json.write(new Said(prompt)), StandardCharsets.UTF_8);
        PictureText read = XmpReader.read(Xmp.packet(new PictureText(prompt, json)));
        assertThat(Json.read(read.genfleet().getBytes(StandardCharsets.UTF_8), Said.class))
                .isEqualTo(new Said(prompt));
        assertThat(read.parameters()).isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void whereRoomIsShortTheDescriptionIsLeftOutFirst() throws Exception {
        PictureText text = new PictureText("x".repeat(1000), "{\"a\":1}");
        assertThat(XmpReader.read(Xmp.packet(text, 2000).orElseThrow())).isEqualTo(text);
        assertThat(XmpReader.read(Xmp.packet(text, 1000).orElseThrow())).isEqualTo(new PictureText("", "{\"a\":1}"));
        assertThat(Xmp.packet(text, 100)).isEmpty();
    }
}
