package dev.genfleet.engine.media.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_SEARCH_CHILDREN;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_find;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.media.PictureText;
import dev.genfleet.engine.media.Scene;
import dev.genfleet.job.OutputFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EncoderChoiceTest {

    private static final VideoForm FORM = new VideoForm(96, 64, 4);
    private static final PictureText TEXT = new PictureText("a disc", "{}");
    private static final Device GPU = new Device.Cuda(0);

    @TempDir
    private Path folder;

    @Test
    void besideAGpuItsEncoderIsTriedFirst() {
        assertThat(Encoding.of(OutputFormat.MP4, GPU))
                .extracting(Encoding::encoder)
                .containsExactly("h264_nvenc", "libopenh264");
        assertThat(Encoding.of(OutputFormat.MP4, GPU).getFirst().options()).containsEntry("gpu", "0");
        assertThat(Encoding.of(OutputFormat.MP4, new Device.Cpu()))
                .extracting(Encoding::encoder)
                .containsExactly("libopenh264");
    }

    /** Whether or not this machine's GPU has an encoder, and 96 x 64 is less than those of GPUs take. */
    @Test
    void aVideoBesideAGpuThatCannotEncodeItIsMadeByTheProcessor() throws Exception {
        byte[] beside = write(Encoding.of(OutputFormat.MP4, GPU));
        assertThat(beside).isEqualTo(write(Encoding.of(OutputFormat.MP4, new Device.Cpu())));
        assertThat(PlayedVideo.of(beside, folder).frames()).hasSize(3);
    }

    @Test
    void theLastChoiceSaysWhyNoneIsLeft() {
        Encoding none = new Encoding(Optional.of("mp4"), "no_such_encoder", AV_PIX_FMT_YUV420P, Map.of());
        Encoding other = new Encoding(Optional.of("mp4"), "nor_this_one", AV_PIX_FMT_YUV420P, Map.of());
        assertThatThrownBy(() -> write(List.of(none, other)))
                .isInstanceOf(VideoException.class)
                .hasMessage("FFmpeg has no encoder nor_this_one");
    }

    /** FFmpeg passes over options that an encoder does not know, so a misspelt one would go unnoticed. */
    @ParameterizedTest
    @EnumSource(
            value = OutputFormat.class,
            names = {"MP4", "WEBM", "GIF", "WEBP"})
    void everyOptionIsKnownToItsEncoder(OutputFormat format) {
        for (Encoding encoding : Encoding.of(format, GPU)) {
            AVCodec codec = avcodec_find_encoder_by_name(encoding.encoder());
            AVCodecContext context = avcodec_alloc_context3(codec);
            encoding.options().keySet().forEach(option -> assertThat(
                            av_opt_find(context, option, null, 0, AV_OPT_SEARCH_CHILDREN))
                    .as(encoding.encoder() + " " + option)
                    .isNotNull());
            avcodec_free_context(context);
        }
    }

    private static byte[] write(List<Encoding> choices) throws VideoException {
        try (VideoWriter writer = new VideoWriter(choices, FORM, TEXT)) {
            for (int i = 0; i < 3; i++) {
                writer.add(Scene.at(96, 64, i));
            }
            return writer.finish();
        }
    }
}
