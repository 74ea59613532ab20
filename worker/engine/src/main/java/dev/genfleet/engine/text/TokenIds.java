package dev.genfleet.engine.text;

/** A padded caption in tokens. The arrays are not copied; nobody changes them. */
public final class TokenIds {

    private final long[] ids;
    private final long[] mask;

    TokenIds(long[] ids, long[] mask) {
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
