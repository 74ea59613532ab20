package dev.genfleet.engine.text;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.device.TextEncoder;
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

    /** Encodes a caption with every part. */
    public RowConditioning.OfCaption encode(String caption) throws DeviceFault {
        List<TokenVectors> texts = new ArrayList<>();
        for (Part part : parts) {
            TokenIds tokens = part.tokenizer().encode(caption);
            texts.add(part.network().encode(tokens.ids(), tokens.mask()));
        }
        return new RowConditioning.OfCaption(texts);
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
