package dev.genfleet.importer.dit;

import dev.genfleet.importer.blocks.DiffusionBlocks;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import java.util.List;

/**
 * Blocks whose layer norms are shifted and scaled by linear layers of the conditioning, adaLN, and whose branches may be gated
 * by it too, adaLN-Zero (Peebles and Xie 2023, section 3.2).
 */
final class ModulatedBlocks implements DitBlocks {

    private static final int FINAL_PARTS = 2;

    private final DitArchitecture dit;
    private final DitLayers layers;
    private final Layers plain;
    private final DiffusionBlocks blocks;
    private final Value conditioning;

    /**
     * Begins the part.
     *
     * @param embedding sum of both embeddings, {@code [batch, width]}; its SiLU is computed once for all blocks
     */
    ModulatedBlocks(DitArchitecture dit, DitLayers layers, Value embedding) {
        this.dit = dit;
        this.layers = layers;
        this.plain = layers.plain();
        this.blocks = new DiffusionBlocks(layers.graph());
        this.conditioning = plain.silu(embedding);
    }

    @Override
    public Value apply(Value tokens) {
        Value x = tokens;
        for (int index = 0; index < dit.shape().depth(); index++) {
            x = block(x, "blocks." + index);
        }
        layers.graph().enter("final_layer");
        List<Value> modulation = modulation("final_layer.adaLN_modulation.1", FINAL_PARTS);
        return modulate(x, DiffusionBlocks.EPSILON, modulation);
    }

    private Value block(Value x, String block) {
        layers.graph().enter(block + ".adaLN_modulation");
        // shift, scale and perhaps gate of the attention, then of the MLP
        List<Value> modulation =
                modulation(block + ".adaLN_modulation.1", dit.conditioning().modulations());
        int each = modulation.size() / 2;
        List<Value> ofAttention = modulation.subList(0, each);
        List<Value> ofMlp = modulation.subList(each, modulation.size());
        int sequence = dit.shape().tokens();

        layers.graph().enter(block + ".norm1");
        Value normal = modulate(x, DiffusionBlocks.EPSILON, ofAttention);
        Value middle = plain.add(x, gated(layers.attention(normal, block, sequence), ofAttention));
        layers.graph().enter(block + ".norm2");
        Value normalAgain = modulate(middle, dit.arithmetic().mlpEpsilon(), ofMlp);
        return plain.add(middle, gated(layers.mlp(normalAgain, block, sequence), ofMlp));
    }

    private Value gated(Value branch, List<Value> modulation) {
        return modulation.size() > 2 ? plain.multiply(branch, modulation.get(2)) : branch;
    }

    private Value modulate(Value x, float epsilon, List<Value> modulation) {
        Value normal = plain.layerNorm(x, dit.shape().width(), epsilon);
        return blocks.modulate(normal, modulation.get(0), modulation.get(1));
    }

    private List<Value> modulation(String key, int parts) {
        int width = dit.shape().width();
        return blocks.modulation(conditioning, layers.linear(key, width, parts * width), parts, width);
    }
}
