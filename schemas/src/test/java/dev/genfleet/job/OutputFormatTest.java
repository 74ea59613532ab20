package dev.genfleet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.job.OutputFormat.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputFormatTest {

    @Test
    void webpServesPicturesAndVideosAndIsTheUsualFormatOfNeither() {
        assertThat(OutputFormat.of(Kind.PICTURE))
                .containsExactly(OutputFormat.PNG, OutputFormat.JPEG, OutputFormat.WEBP);
        assertThat(OutputFormat.of(Kind.VIDEO))
                .containsExactly(OutputFormat.MP4, OutputFormat.WEBM, OutputFormat.GIF, OutputFormat.WEBP);
    }

    @Test
    void jpgIsJpeg() {
        assertThat(OutputFormat.parse("jpg")).isEqualTo(OutputFormat.JPEG).isEqualTo(OutputFormat.parse("jpeg"));
        assertThat(OutputFormat.JPEG.isNamed("jpg")).isTrue();
        assertThat(OutputFormat.JPEG.extension()).isEqualTo("jpeg");
        assertThatThrownBy(() -> OutputFormat.parse("bmp"))
                .hasMessage("output_format is 'bmp', but must be one of png, jpeg, mp4, webm, gif, webp");
    }

    @ParameterizedTest
    @CsvSource({
        "MP4, 32, 32, true",
        "MP4, 33, 32, false",
        "MP4, 32, 14, false",
        "WEBP, 16383, 1, true",
        "WEBP, 16384, 1, false",
        "JPEG, 1, 65501, false",
        "PNG, 70000, 1, true"
    })
    void sizesAreLimitedByTheFormats(OutputFormat format, int width, int height, boolean held) {
        assertThat(format.holds(new ImageSize(width, height))).isEqualTo(held);
        assertThat(format.demand()).startsWith("a").endsWith(format == OutputFormat.PNG ? " pixel" : " pixels");
    }
}
