package dev.genfleet.importer.plain;

/** What both halves of an AutoencoderKL are made of (Rombach et al. 2022, section 3.1; layout of diffusers). */
record AutoencoderParts(int groups, PlainWeights weights) {

    private static final double EPSILON = 1e-6;

    /** Group norm, SiLU, convolution. */
    PlainTensor activated(PlainTensor x, String norm, String convolution) {
        PlainTensor normal = Norms.group(x, groups, EPSILON, weights, norm);
        return Convolutions.same(normal.map(Activations::silu), weights, convolution);
    }

    /** As many residual blocks as {@code key.resnets} has. */
    PlainTensor resnets(PlainTensor x, String key, int count) {
        PlainTensor result = x;
        for (int i = 0; i < count; i++) {
            result = resnet(result, key + ".resnets." + i);
        }
        return result;
    }

    /** The blocks at the coarsest resolution. */
    PlainTensor middle(PlainTensor x, String key) {
        PlainTensor result = resnet(x, key + ".resnets.0");
        if (weights.has(key + ".attentions.0.group_norm.weight")) {
            result = result.plus(attention(result, key + ".attentions.0"));
        }
        return resnet(result, key + ".resnets.1");
    }

    private PlainTensor resnet(PlainTensor x, String key) {
        PlainTensor hidden = activated(x, key + ".norm1", key + ".conv1");
        hidden = activated(hidden, key + ".norm2", key + ".conv2");
        return hidden.plus(
                weights.has(key + ".conv_shortcut.weight") ? Convolutions.same(x, weights, key + ".conv_shortcut") : x);
    }

    /** One head over all cells, under the keys of today or of older files. */
    private PlainTensor attention(PlainTensor x, String key) {
        boolean older = weights.has(key + ".query.weight");
        int channels = x.side(1);
        PlainTensor tokens = Norms.group(x, groups, EPSILON, weights, key + ".group_norm")
                .reshaped(x.side(0), channels, -1)
                .permuted(0, 2, 1);
        PlainTensor mixed = PlainAttention.attend(
                weights.linear(tokens, key + (older ? ".query" : ".to_q")),
                weights.linear(tokens, key + (older ? ".key" : ".to_k")),
                weights.linear(tokens, key + (older ? ".value" : ".to_v")),
                1,
                PlainAttention.Bias.NONE);
        return weights.linear(mixed, key + (older ? ".proj_attn" : ".to_out.0"))
                .permuted(0, 2, 1)
                .reshaped(x.shape());
    }
}
