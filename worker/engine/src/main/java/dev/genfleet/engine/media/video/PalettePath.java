package dev.genfleet.engine.media.video;

import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_KEEP_REF;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame_flags;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_get_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse2;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * RGB to 256 colours, chosen for the whole video by median cut (FFmpeg's palettegen) and dithered (paletteuse). The palette is
 * known only after the last frame, so all frames are kept until then, four bytes a pixel.
 */
final class PalettePath implements FramePath {

    private final AVFilterGraph graph;
    private final AVFilterContext source;
    private final AVFilterContext sink;
    private final AVFrame ready;

    PalettePath(VideoForm form) throws VideoException {
        this.graph = Av.made(avfilter_graph_alloc(), "filter graphs");
        this.ready = av_frame_alloc();
        try {
            graph.nb_threads(1);
            Av.check(
                    avfilter_graph_parse2(graph, describe(form), new AVFilterInOut(null), new AVFilterInOut(null)),
                    "parse the filters of a palette");
            Av.check(avfilter_graph_config(graph, null), "connect the filters of a palette");
            this.source = Av.made(avfilter_graph_get_filter(graph, "buffer@in"), "filter buffer");
            this.sink = Av.made(avfilter_graph_get_filter(graph, "buffersink@out"), "filter buffersink");
        } catch (VideoException e) {
            close();
            throw e;
        }
    }

    private static String describe(VideoForm form) {
        return "buffer@in=width=" + form.width() + ":height=" + form.height() + ":pix_fmt=" + ScreenFrame.PIXEL_FORMAT
                + ":time_base=1/" + form.fps() + ":pixel_aspect=1/1,split[seen][shown];"
                + "[seen]palettegen=reserve_transparent=0[palette];[shown][palette]paletteuse,buffersink@out";
    }

    @Override
    public void send(AVFrame frame, Sink encoder) throws VideoException {
        Av.check(av_buffersrc_add_frame_flags(source, frame, AV_BUFFERSRC_FLAG_KEEP_REF), "take a frame");
        drain(encoder);
    }

    @Override
    public void end(Sink encoder) throws VideoException {
        Av.check(av_buffersrc_add_frame_flags(source, null, 0), "choose a palette");
        drain(encoder);
    }

    private void drain(Sink encoder) throws VideoException {
        for (int answer = av_buffersink_get_frame(sink, ready);
                !Av.nothingNow(answer);
                answer = av_buffersink_get_frame(sink, ready)) {
            Av.check(answer, "reduce a frame to its palette");
            encoder.take(ready);
            av_frame_unref(ready);
        }
    }

    @Override
    public void close() {
        av_frame_free(ready);
        avfilter_graph_free(graph);
    }
}
