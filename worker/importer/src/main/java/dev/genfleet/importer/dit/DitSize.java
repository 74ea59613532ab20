package dev.genfleet.importer.dit;

/** The paper's sizes (Peebles and Xie 2023, Table 1). */
public enum DitSize {
    S(384, 12, 6),
    B(768, 12, 12),
    L(1024, 24, 16),
    XL(1152, 28, 16);

    private final int width;
    private final int depth;
    private final int heads;

    DitSize(int width, int depth, int heads) {
        this.width = width;
        this.depth = depth;
        this.heads = heads;
    }

    int width() {
        return width;
    }

    int depth() {
        return depth;
    }

    int heads() {
        return heads;
    }
}
