package dev.genfleet.importer.architectures;

/** Why counted figures differ from published ones, and what they rest on where nothing was published. */
final class Remarks {

    static final String DIT =
            "The paper calls multiply-accumulates Gflops. Where it says more, the difference is what one"
                    + " operation for every number of two elementwise layers a block would add; elementwise work is not counted here."
                    + " B/4 alone stays: 5.565, which the paper prints as 5.56.";

    static final String GENTRON =
            "One caption of 77 tokens for CLIP-L, which is all that it takes, and 120 for T5-XXL, which were"
                    + " not published and are PixArt-α's. What the paper describes adds up to 22.77 M parameters less than it says,"
                    + " at both widths, so they belong to something on the text's side that it does not describe. Videos"
                    + " have 8 frames, and 4 D² + 4 D parameters more a block for attention between them; no figures of theirs were"
                    + " published.";

    static final String DIFFUSSM =
            "Parameters are the checkpoint's: with the 8.69 M of the state spaces, of which the graph reads"
                    + " but the spectra that are computed of them at import, and without those spectra. How many modulation vectors a"
                    + " block has was not published. Three, for shift, scale and gate, are assumed, 38.5 M each; with two it would be"
                    + " 668.8 M. The paper's formula of 7.5 L D² a layer, without its Fourier transforms, gives 295.6 and 1182.3"
                    + " GMACs, more than the quotient of its own totals; transforms as matrix products are 19.7 and 157.6 of ours.";

    static final String FILE =
            "The published figure is the sum over the tensors of the published checkpoint. One caption of 120"
                    + " tokens (PixArt-α, Latte, T5), 300 (PixArt-Σ) or 77 (CLIP); PixArt-α at 1024 has micro-conditions;"
                    + " Latte makes 16 frames at 512 pixels; the decoder one picture of 256.";

    private Remarks() {}
}
