package dev.genfleet.engine.text;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.device.TextEncoder;
import dev.genfleet.engine.device.TokenIds;
import dev.genfleet.engine.device.TokenVectors;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns captions into what a model's rows are conditioned on. Owned by the text thread.
 *
 * @param parts tokenizers with their networks, in the order of the denoiser's inputs
 */
public record CaptionEncoder(List<Part> parts) implements AutoCloseable {

    public CaptionEncoder {
        parts = List.copyOf(parts);
    }

    /** Most captions that can be encoded together. */
    public int mostRows() {
        return parts.stream().mapToInt(part -> part.network().mostRows()).min().orElse(1);
    }

    /**
     * Encodes captions with every part, one forward each.
     *
     * @param captions from 1 to {@link #mostRows}
     * @return as many, in the same order
     */
    public List<RowConditioning.OfCaption> encode(List<String> captions) throws DeviceFault {
        List<List<TokenVectors>> byPart = new ArrayList<>();
        for (Part part : parts) {
            List<TokenIds> tokens =
                    captions.stream().map(part.tokenizer()::encode).toList();
            byPart.add(part.network().encode(tokens));
        }
        List<RowConditioning.OfCaption> encoded = new ArrayList<>();
        for (int i = 0; i < captions.size(); i++) {
            int caption = i;
            encoded.add(new RowConditioning.OfCaption(
                    byPart.stream().map(part -> part.get(caption)).toList()));
        }
        return encoded;
    }

    @Override
    public void close() {
        parts.forEach(part -> {
            part.tokenizer().close();
            part.network().close();
        });
    }

    /** A tokenizer and the network that takes its tokens. */
    public record Part(Tokenizer tokenizer, TextEncoder network) {}
}
