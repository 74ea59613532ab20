package dev.genfleet.importer.plain;

/** Embeddings of what a diffusion transformer is conditioned on. */
final class Conditioning {

    private Conditioning() {}

    /** Two linear layers with a SiLU between them: {@code [batch, in] → [batch, out]}. */
    static PlainTensor mlp(PlainTensor x, PlainWeights weights, String first, String second) {
        return weights.linear(weights.linear(x, first).map(Activations::silu), second);
    }

    /** The MLP of the waves of numbers: {@code [n] → [n, out]}. */
    static PlainTensor numbers(PlainTensor numbers, PlainWeights weights, String first, String second) {
        return mlp(Waves.ofNumbers(numbers.values(), 0), weights, first, second);
    }
}
