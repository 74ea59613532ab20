package dev.genfleet.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;

/** A file that the fleet made, PNG or GIF, and the frames in it. */
final class Work {

    private final byte[] file;
    private final String sha256;
    private final List<BufferedImage> frames;

    private Work(byte[] file, String sha256, List<BufferedImage> frames) {
        this.file = file;
        this.sha256 = sha256;
        this.frames = frames;
    }

    /**
     * Reads a file.
     *
     * @param mediaType {@code image/png} or {@code image/gif}
     * @param sha256 of the file, in hexadecimal digits
     * @throws IOException when the file is not of that type
     */
    static Work read(byte[] file, String mediaType, String sha256) throws IOException {
        Objects.requireNonNull(sha256, "sha256");
        return switch (mediaType) {
            case "image/gif" -> new Work(file, sha256, GifFrames.of(file));
            case "image/png" -> {
                BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
                if (picture == null) {
                    throw new IOException("it is no PNG");
                }
                yield new Work(file, sha256, List.of(picture));
            }
            default -> throw new IOException("it is " + mediaType + ", but must be image/png or image/gif");
        };
    }

    List<BufferedImage> frames() {
        return frames;
    }

    String sha256() {
        return sha256;
    }

    boolean hasSameBytesAs(Work other) {
        return Arrays.equals(file, other.file);
    }

    boolean isClip() {
        return frames.size() > 1;
    }

    /** {@code png} or {@code gif}. */
    String extension() {
        return file[0] == 'G' ? "gif" : "png";
    }

    void save(Path path) throws IOException {
        Files.write(path, file);
    }
}
