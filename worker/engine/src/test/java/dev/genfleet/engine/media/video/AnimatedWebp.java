package dev.genfleet.engine.media.video;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a browser shows of an animated WebP file (RFC 9649, section 2.7.1.1): each frame's picture is laid over those before. FFmpeg's
 * decoder knows single pictures only, so each is given to it as a file of its own.
 *
 * @param frames the whole canvas after each frame
 * @param millis how long each frame is shown
 * @param loops how often it plays, 0 for ever
 */
record AnimatedWebp(List<BufferedImage> frames, List<Integer> millis, int loops) {

    private static final int FRAME_HEADER = 16;

    static AnimatedWebp of(byte[] file, Path folder) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(12);
        List<BufferedImage> frames = new ArrayList<>();
        List<Integer> millis = new ArrayList<>();
        BufferedImage canvas = null;
        int loops = -1;
        while (bytes.hasRemaining()) {
            byte[] name = new byte[4];
            bytes.get(name);
            int size = bytes.getInt();
            int at = bytes.position();
            switch (new String(name, StandardCharsets.US_ASCII)) {
                case "VP8X" ->
                    canvas = new BufferedImage(
                            1 + uint24(bytes, at + 4), 1 + uint24(bytes, at + 7), BufferedImage.TYPE_INT_RGB);
                case "ANIM" -> loops = bytes.getShort(at + 4);
                case "ANMF" -> {
                    Graphics2D brush = canvas.createGraphics();
                    brush.drawImage(
                            still(file, at + FRAME_HEADER, size - FRAME_HEADER, folder),
                            2 * uint24(bytes, at),
                            2 * uint24(bytes, at + 3),
                            null);
                    brush.dispose();
                    frames.add(copy(canvas));
                    millis.add(uint24(bytes, at + 12));
                }
                default -> {}
            }
            bytes.position(at + size + size % 2);
        }
        return new AnimatedWebp(frames, millis, loops);
    }

    private static BufferedImage still(byte[] file, int at, int size, Path folder) throws Exception {
        byte[] alone = ByteBuffer.allocate(12 + size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(4 + size)
                .put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(file, at, size)
                .array();
        return PlayedVideo.of(alone, folder).frames().getFirst();
    }

    private static BufferedImage copy(BufferedImage canvas) {
        BufferedImage copy = new BufferedImage(canvas.getWidth(), canvas.getHeight(), BufferedImage.TYPE_INT_RGB);
        copy.createGraphics().drawImage(canvas, 0, 0, null);
        return copy;
    }

    private static int uint24(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xffffff;
    }
}
