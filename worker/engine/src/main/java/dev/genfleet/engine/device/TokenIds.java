package dev.genfleet.engine.device;

/** A padded caption in tokens. The arrays are not copied; nobody changes them. */
public final class TokenIds {

    private final long[] ids;
    private final long[] mask;

    /**
     * Wraps tokens.
     *
     * @param ids {@code [tokens]}, padded
     * @param mask {@code [tokens]}: 1 for tokens of the caption, 0 for padding
     */
    public TokenIds(long[] ids, long[] mask) {
        if (ids.length != mask.length) {
            throw new IllegalArgumentException(
                    ids.length + " tokens need a mask as long, but it has " + mask.length + " numbers");
        }
        this.ids = ids;
        this.mask = mask;
    }

    /** {@code [tokens]}. */
    public long[] ids() {
        return ids;
    }

    /** {@code [tokens]}: 1 for tokens of the caption, 0 for padding. */
    public long[] mask() {
        return mask;
    }
}
