package dev.genfleet.engine.media.video;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_open_dyn_buf;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_free;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Packets to a file in memory that names neither the program's version nor the time of its making. */
final class MemoryMuxer implements FileEnd {

    private final AVFormatContext context = new AVFormatContext(null);
    private final AVIOContext bytes = new AVIOContext(null);
    private final AVCodecContext encoder;
    private final AVStream stream;

    /**
     * A file with its header written.
     *
     * @param muxer FFmpeg's name of the container
     * @param encoder of its one stream, opened
     * @param comment kept in the file's comment tag, where the container has one
     */
    MemoryMuxer(String muxer, AVCodecContext encoder, String comment) throws VideoException {
        this.encoder = encoder;
        try {
            Av.check(avformat_alloc_output_context2(context, null, muxer, (String) null), "write " + muxer + " files");
            Av.check(avio_open_dyn_buf(bytes), "allocate a file in memory");
            context.pb(bytes).flags(context.flags() | AVFMT_FLAG_BITEXACT);
            this.stream = Av.made(avformat_new_stream(context, null), "memory for a stream");
            Av.check(avcodec_parameters_from_context(stream.codecpar(), encoder), "describe the stream");
            stream.time_base(encoder.time_base()).avg_frame_rate(encoder.framerate());
            AVDictionary metadata = new AVDictionary(null);
            av_dict_set(metadata, "comment", comment, 0);
            context.metadata(metadata);
            Av.check(avformat_write_header(context, (PointerPointer<?>) null), "begin a " + muxer + " file");
        } catch (VideoException e) {
            close();
            throw e;
        }
    }

    @Override
    public void write(AVPacket packet) throws VideoException {
        packet.stream_index(stream.index());
        // Containers count time in units of their own; a frame lasts one unit of the encoder's.
        packet.duration(1);
        av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
        Av.check(av_interleaved_write_frame(context, packet), "write a frame");
    }

    @Override
    public byte[] finish() throws VideoException {
        Av.check(av_write_trailer(context), "end the file");
        BytePointer content = new BytePointer();
        int size = avio_close_dyn_buf(bytes, content);
        bytes.setNull();
        byte[] file = new byte[size];
        content.get(file);
        av_free(content);
        return file;
    }

    @Override
    public void close() {
        if (!bytes.isNull()) {
            BytePointer unfinished = new BytePointer();
            avio_close_dyn_buf(bytes, unfinished);
            av_free(unfinished);
            bytes.setNull();
        }
        avformat_free_context(context);
    }
}
