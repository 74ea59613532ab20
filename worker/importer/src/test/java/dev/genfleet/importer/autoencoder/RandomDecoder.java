package dev.genfleet.importer.autoencoder;

import dev.genfleet.importer.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Weights of decoders of any size, the same for the same shape. */
final class RandomDecoder {

    private final SplittableRandom random = new SplittableRandom(23);
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private RandomDecoder() {}

    static Map<String, Tensor> weights(DecoderShape shape) {
        RandomDecoder decoder = new RandomDecoder();
        int deepest = shape.channels().getFirst();
        decoder.put("post_quant_conv", shape.latentChannels(), shape.latentChannels(), 1, 1);
        decoder.put("decoder.conv_in", deepest, shape.latentChannels(), 3, 3);
        decoder.resnet("decoder.mid_block.resnets.0", deepest, deepest);
        decoder.put("decoder.mid_block.attentions.0.group_norm", deepest);
        for (String part : new String[] {"to_q", "to_k", "to_v", "to_out.0"}) {
            decoder.put("decoder.mid_block.attentions.0." + part, deepest, deepest);
        }
        decoder.resnet("decoder.mid_block.resnets.1", deepest, deepest);
        int width = deepest;
        for (int level = 0; level < shape.channels().size(); level++) {
            int out = shape.channels().get(level);
            for (int i = 0; i < shape.resnets(); i++) {
                decoder.resnet("decoder.up_blocks." + level + ".resnets." + i, i == 0 ? width : out, out);
            }
            if (level < shape.channels().size() - 1) {
                decoder.put("decoder.up_blocks." + level + ".upsamplers.0.conv", out, out, 3, 3);
            }
            width = out;
        }
        decoder.put("decoder.conv_norm_out", width);
        decoder.put("decoder.conv_out", 3, width, 3, 3);
        return decoder.tensors;
    }

    /** Latents {@code [rows, channels, height, width]}; a row is the same whatever the number of rows. */
    static Tensor latents(int rows, int channels, int height, int width) {
        return normal(new SplittableRandom(5), 1, rows, channels, height, width);
    }

    private void resnet(String key, int in, int out) {
        put(key + ".norm1", in);
        put(key + ".conv1", out, in, 3, 3);
        put(key + ".norm2", out);
        put(key + ".conv2", out, out, 3, 3);
        if (in != out) {
            put(key + ".conv_shortcut", out, in, 1, 1);
        }
    }

    private void put(String key, long... shape) {
        double inputs = 1;
        for (int i = 1; i < shape.length; i++) {
            inputs *= shape[i];
        }
        tensors.put(key + ".weight", normal(random, 1 / Math.sqrt(inputs), shape));
        tensors.put(key + ".bias", normal(random, 0.05, shape[0]));
    }

    private static Tensor normal(SplittableRandom random, double deviation, long... shape) {
        int size = 1;
        for (long side : shape) {
            size *= (int) side;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return new Tensor(values, shape);
    }
}
