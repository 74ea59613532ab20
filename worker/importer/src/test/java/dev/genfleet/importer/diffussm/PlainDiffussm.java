package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * One sample's forward pass of a DiffuSSM in plain loops of 64-bit arithmetic: state spaces step by step instead of kernels and
 * spectra, attention word by word. Activations are {@code [token][channel]}.
 */
final class PlainDiffussm {

    private final DiffussmShape shape;
    private final Map<String, Tensor> weights;
    private final Map<String, Tensor> inputs;

    /** @param inputs of one row each */
    PlainDiffussm(DiffussmShape shape, Map<String, Tensor> weights, Map<String, Tensor> inputs) {
        this.shape = shape;
        this.weights = weights;
        this.inputs = inputs;
    }

    /** {@code [channels, rows, columns]} flat. */
    double[] forward() {
        double[] conditioning = conditioning();
        double[][] z = embed();
        for (int block = 0; block < shape.depth(); block++) {
            z = block(z, conditioning, "blocks." + block);
            if (shape.conditions() instanceof Conditions.Captions captions) {
                attend(z, captions, block);
            }
        }
        double[] modulation = linear(conditioning, "final_layer.adaLN_modulation.1");
        double[] out = new double[shape.outputChannels() * shape.length()];
        for (int token = 0; token < z.length; token++) {
            double[] cells = linear(modulated(z[token], modulation), "final_layer.linear");
            for (int i = 0; i < cells.length; i++) {
                int cell = token * shape.grouping() + Math.floorDiv(i, shape.outputChannels());
                out[i % shape.outputChannels() * shape.length() + cell] = cells[i];
            }
        }
        return out;
    }

    private double[] conditioning() {
        double[] waves = new double[256];
        for (int i = 0; i < 128; i++) {
            double angle = inputs.get("timesteps").values()[0] * Math.pow(10_000, -i / 128.0);
            waves[i] = Math.cos(angle);
            waves[128 + i] = Math.sin(angle);
        }
        double[] sum = linear(silu(linear(waves, "t_embedder.mlp.0")), "t_embedder.mlp.2");
        double[] other =
                switch (shape.conditions()) {
                    case Conditions.Classes _ ->
                        row("y_embedder.embedding_table.weight", (int)
                                inputs.get("class_labels").values()[0]);
                    case Conditions.Captions _ ->
                        linear(
                                silu(linear(
                                        doubles(inputs.get("pooled_projections").values()), "pooled_embedder.mlp.0")),
                                "pooled_embedder.mlp.2");
                };
        return silu(plus(sum, other));
    }

    private double[][] embed() {
        float[] latents = inputs.get("latents").values();
        double[][] z = new double[shape.tokens()][];
        for (int token = 0; token < z.length; token++) {
            double[] cells = new double[shape.grouping() * shape.channels()];
            for (int i = 0; i < cells.length; i++) {
                int cell = token * shape.grouping() + Math.floorDiv(i, shape.channels());
                cells[i] = latents[i % shape.channels() * shape.length() + cell];
            }
            int first = token * shape.grouping();
            z[token] = plus(
                    linear(cells, "x_embedder"),
                    position(first % shape.columns(), Math.floorDiv(first, shape.columns())));
        }
        return z;
    }

    private double[] position(int column, int row) {
        int quarter = shape.width() / 4;
        double[] position = new double[shape.width()];
        for (int i = 0; i < quarter; i++) {
            double frequency = Math.pow(10_000, -(double) i / quarter);
            position[i] = Math.sin(column * frequency);
            position[quarter + i] = Math.cos(column * frequency);
            position[2 * quarter + i] = Math.sin(row * frequency);
            position[3 * quarter + i] = Math.cos(row * frequency);
        }
        return position;
    }

    private double[][] block(double[][] z, double[] conditioning, String key) {
        int width = shape.width();
        int grouping = shape.grouping();
        double[] modulation = linear(conditioning, key + ".adaLN_modulation.1");
        double[][] inputs = new double[z.length][];
        double[][] signal = new double[shape.length()][];
        for (int token = 0; token < z.length; token++) {
            inputs[token] = modulated(z[token], modulation);
            double[] up = gelu(linear(gelu(linear(inputs[token], key + ".w0")), key + ".up"));
            for (int cell = 0; cell < grouping; cell++) {
                signal[token * grouping + cell] = Arrays.copyOfRange(up, cell * width, (cell + 1) * width);
            }
        }
        double[][] mixed = new double[shape.length()][2 * width];
        stateSpace(signal, mixed, key + ".ssm_fwd.", 0);
        stateSpace(signal, mixed, key + ".ssm_bwd.", width);
        double[][] out = new double[z.length][];
        for (int token = 0; token < z.length; token++) {
            double[] down = gelu(down(mixed, token, key + ".down"));
            double[] main = gelu(linear(down, key + ".w2"));
            double[] gate = gelu(linear(inputs[token], key + ".w1"));
            for (int i = 0; i < main.length; i++) {
                main[i] *= gate[i];
            }
            double[] change = linear(main, key + ".w3");
            for (int i = 0; i < width; i++) {
                change[i] *= modulation[2 * width + i];
            }
            out[token] = plus(z[token], change);
        }
        return out;
    }

    private double[] down(double[][] mixed, int token, String key) {
        int grouping = shape.grouping();
        int width = 2 * shape.width();
        double[] out = new double[width];
        for (int i = 0; i < width; i++) {
            double[] cell = mixed[token * grouping + Math.floorDiv(i, width / grouping)];
            out[i] = dot(row(key + ".weight", i, width), cell) + at(key + ".bias", i);
        }
        return out;
    }

    /** State by state: x[t] = exp(Δ A) x[t - 1] + (exp(Δ A) - 1) / A · u[t], y = 2 Re C x + D u; columns from {@code into} on. */
    private void stateSpace(double[][] signal, double[][] out, String key, int into) {
        int length = signal.length;
        for (int channel = 0; channel < shape.width(); channel++) {
            double step = Math.exp(at(key + "log_dt", channel));
            for (int t = 0; t < length; t++) {
                out[t][into + channel] = at(key + "D", channel) * signal[t][channel];
            }
            for (int pair = 0; pair < shape.pairs(); pair++) {
                int at = channel * shape.pairs() + pair;
                double re = -Math.exp(at(key + "log_A_real", at));
                double im = at(key + "A_imag", at);
                double growth = Math.exp(step * re);
                double turnRe = growth * Math.cos(step * im);
                double turnIm = growth * Math.sin(step * im);
                double norm = re * re + im * im;
                double heldRe = ((turnRe - 1) * re + turnIm * im) / norm;
                double heldIm = (turnIm * re - (turnRe - 1) * im) / norm;
                double stateRe = 0;
                double stateIm = 0;
                for (int i = 0; i < length; i++) {
                    int t = into == 0 ? i : length - 1 - i;
                    double next = turnRe * stateRe - turnIm * stateIm + heldRe * signal[t][channel];
                    stateIm = turnRe * stateIm + turnIm * stateRe + heldIm * signal[t][channel];
                    stateRe = next;
                    out[t][into + channel] +=
                            2 * (at(key + "C", 2 * at) * stateRe - at(key + "C", 2 * at + 1) * stateIm);
                }
            }
        }
    }

    private void attend(double[][] z, Conditions.Captions captions, int block) {
        String key = "blocks." + block + ".cross_attn.";
        String suffix = captions.textOf(block) == 0 ? "" : "_2";
        float[] states = inputs.get("encoder_hidden_states" + suffix).values();
        float[] mask = inputs.get("encoder_attention_mask" + suffix).values();
        int from = states.length / mask.length;
        double[][] words = new double[mask.length][];
        for (int word = 0; word < mask.length; word++) {
            words[word] = linear(doubles(Arrays.copyOfRange(states, word * from, (word + 1) * from)), key + "kv");
        }
        int width = shape.width();
        int headWidth = width / captions.heads();
        for (int token = 0; token < z.length; token++) {
            double[] query = linear(z[token], key + "q");
            double[] mixed = new double[width];
            for (int head = 0; head < captions.heads(); head++) {
                double total = 0;
                double[] share = new double[words.length];
                for (int word = 0; word < words.length; word++) {
                    double score = 0;
                    for (int i = head * headWidth; i < (head + 1) * headWidth; i++) {
                        score += query[i] * words[word][i];
                    }
                    share[word] = mask[word] == 0 ? 0 : Math.exp(score / Math.sqrt((double) headWidth));
                    total += share[word];
                }
                for (int word = 0; word < words.length; word++) {
                    for (int i = head * headWidth; i < (head + 1) * headWidth; i++) {
                        mixed[i] += share[word] / total * words[word][width + i];
                    }
                }
            }
            z[token] = plus(z[token], linear(mixed, key + "proj"));
        }
    }

    /** Layer norm without gain, then the first part of {@code modulation} as shift and the second as scale. */
    private static double[] modulated(double[] x, double[] modulation) {
        double mean = 0;
        for (double value : x) {
            mean += value / x.length;
        }
        double variance = 0;
        for (double value : x) {
            variance += (value - mean) * (value - mean) / x.length;
        }
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = (x[i] - mean) / Math.sqrt(variance + 1e-6) * (1 + modulation[x.length + i]) + modulation[i];
        }
        return out;
    }

    private double[] linear(double[] x, String key) {
        double[] out = new double[weights.get(key + ".bias").values().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = dot(row(key + ".weight", i, x.length), x) + at(key + ".bias", i);
        }
        return out;
    }

    private double[] row(String key, int index) {
        return row(key, index, shape.width());
    }

    private double[] row(String key, int index, int length) {
        float[] values = weights.get(key).values();
        return doubles(Arrays.copyOfRange(values, index * length, (index + 1) * length));
    }

    private double at(String key, int index) {
        return weights.get(key).values()[index];
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] plus(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < a.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private static double[] silu(double[] x) {
        double[] out = x.clone();
        for (int i = 0; i < x.length; i++) {
            out[i] /= 1 + Math.exp(-x[i]);
        }
        return out;
    }

    private static double[] gelu(double[] x) {
        double[] out = x.clone();
        for (int i = 0; i < x.length; i++) {
            out[i] *= 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x[i] + 0.044715 * x[i] * x[i] * x[i])));
        }
        return out;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
