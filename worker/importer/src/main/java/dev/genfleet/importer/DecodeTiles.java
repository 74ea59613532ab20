package dev.genfleet.importer;

import dev.genfleet.importer.family.LatentSizes;
import dev.genfleet.model.DecodeTiling;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an imported package decodes large latents in tiles. */
public sealed interface DecodeTiles {

    /** Tiles of 1024 pixels where pictures of more than 1024 x 1024 are possible, else none: {@link Usual#tiling}. */
    DecodeTiles USUAL = new Usual();

    /** Every latent whole. */
    DecodeTiles NONE = new Chosen(Optional.empty());

    /**
     * Reads {@code none}, {@code SIZE} or {@code SIZE:OVERLAP} in latent cells; the overlap is a quarter when left out.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    static DecodeTiles parse(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        Matcher tiles = Pattern.compile("([0-9]{1,5})(?::([0-9]{1,5}))?").matcher(text);
        if (tiles.matches()) {
            int size = Integer.parseInt(tiles.group(1));
            int overlap = tiles.group(2) == null ? size / Usual.OVERLAP_SHARE : Integer.parseInt(tiles.group(2));
            if (size >= 2 && overlap <= size / 2) {
                return new Chosen(Optional.of(new DecodeTiling(size, overlap)));
            }
        }
        throw new IllegalArgumentException("decode-tile is '" + text
                + "', but must be none, or the latent cells of a tile from 2, or those and :OVERLAP of at most half, such as"
                + " 64:16");
    }

    /**
     * What the manifest says.
     *
     * @param sizes of latents
     * @param downsampling pixels of a latent cell
     */
    Optional<DecodeTiling> tiling(LatentSizes sizes, int downsampling);

    /** The automatic rule. */
    record Usual() implements DecodeTiles {

        /** Overlap as a share of the tile, the one of diffusers' AutoencoderKL. */
        static final int OVERLAP_SHARE = 4;

        private static final int PIXELS = 1024;

        /**
         * Up to 1024 x 1024 pixels, which published models are trained for, every picture is decoded whole, as their references
         * do; beyond, memory grows with the square of the area, because of the decoder's attention over all cells.
         */
        @Override
        public Optional<DecodeTiling> tiling(LatentSizes sizes, int downsampling) {
            long height = (long) downsampling * (sizes.open() ? sizes.largest() : sizes.height());
            long width = (long) downsampling * (sizes.open() ? sizes.largest() : sizes.width());
            int size = PIXELS / downsampling;
            return height * width > (long) PIXELS * PIXELS && size >= 2
                    ? Optional.of(new DecodeTiling(size, size / OVERLAP_SHARE))
                    : Optional.empty();
        }
    }

    /**
     * As asked for.
     *
     * @param chosen empty for none
     */
    record Chosen(Optional<DecodeTiling> chosen) implements DecodeTiles {
        public Chosen {
            Objects.requireNonNull(chosen, "chosen");
        }

        @Override
        public Optional<DecodeTiling> tiling(LatentSizes sizes, int downsampling) {
            return chosen;
        }
    }
}
