package dev.genfleet.engine.media.video;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Where packets become a file. */
sealed interface FileEnd extends AutoCloseable permits MemoryMuxer, WebpEnd {

    /** Writes the next packet, which is taken. */
    void write(AVPacket packet) throws VideoException;

    /** Ends the file. */
    byte[] finish() throws VideoException;

    @Override
    void close();
}
