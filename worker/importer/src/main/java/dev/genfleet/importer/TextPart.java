package dev.genfleet.importer;

import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.text.CaptionTokens;
import dev.genfleet.importer.text.TextEncoderArchitecture;
import dev.genfleet.importer.text.TextEncoders;
import dev.genfleet.importer.tokenizer.TokenizerJson;
import dev.genfleet.importer.tokenizer.Tokenizers;
import dev.genfleet.model.ModelConditioning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A text encoder that a denoiser asks for, and its place in the package.
 *
 * @param text what the denoiser asks for
 * @param encoder the network
 * @param checkpoint its weights
 * @param tokenizer its tokenizer
 * @param suffix of its folders: empty for the first, {@code _2} for the second
 */
record TextPart(
        Conditioned.Text text,
        TextEncoderArchitecture encoder,
        Checkpoint checkpoint,
        TokenizerJson tokenizer,
        String suffix) {

    /**
     * Finds an encoder for every text input of a denoiser.
     *
     * @throws CheckpointException when one is missing or does not fit
     */
    static List<TextPart> match(Conditioned.OnCaptions captions, List<ImportComponents.TextComponent> given)
            throws CheckpointException, IOException {
        List<Opened> opened = new ArrayList<>();
        for (ImportComponents.TextComponent component : given) {
            Checkpoint checkpoint = component.encoder().open();
            opened.add(new Opened(
                    checkpoint,
                    TextEncoders.read(checkpoint, component.encoder().json("config.json")),
                    component.tokenizer()));
        }
        List<TextPart> parts = new ArrayList<>();
        for (Conditioned.Text text : captions.texts()) {
            Opened fitting = opened.stream()
                    .filter(each -> each.encoder().kind() == text.encoder()
                            && each.encoder().width() == text.width())
                    .findFirst()
                    .orElseThrow(() -> missing(text, opened));
            parts.add(part(text, fitting, parts.isEmpty() ? "" : "_" + (parts.size() + 1)));
        }
        checkPooled(captions.pooled(), parts.getFirst());
        return parts;
    }

    /** How the manifest describes it. */
    ModelConditioning.TextEncoder signature() {
        return encoder.signature(
                folder() + PackageDraft.GRAPH, new CaptionTokens(tokenizerFile(), tokens(), tokenizer.padId()));
    }

    /** Folder of the graph. */
    String folder() {
        return "text_encoder" + suffix + "/";
    }

    /** Path of the tokenizer. */
    String tokenizerFile() {
        return "tokenizer" + suffix + "/tokenizer.json";
    }

    private int tokens() {
        OptionalInt longest = encoder.longest();
        return longest.isPresent() ? Math.min(longest.getAsInt(), text.tokens()) : text.tokens();
    }

    private static TextPart part(Conditioned.Text text, Opened opened, String suffix)
            throws CheckpointException, IOException {
        TokenizerJson tokenizer = Tokenizers.read(opened.tokenizer());
        if (tokenizer.vocabulary() > opened.encoder().vocabulary()) {
            throw new CheckpointException("the tokenizer in " + opened.tokenizer() + " has token ids up to "
                    + (tokenizer.vocabulary() - 1) + ", but "
                    + opened.checkpoint().file() + " has embeddings for "
                    + opened.encoder().vocabulary() + " tokens");
        }
        return new TextPart(text, opened.encoder(), opened.checkpoint(), tokenizer, suffix);
    }

    private static void checkPooled(OptionalInt needed, TextPart first) throws CheckpointException {
        OptionalInt found = first.encoder().pooledWidth();
        if (needed.isPresent() && !needed.equals(found)) {
            throw new CheckpointException("the denoiser needs a pooled vector of width " + needed.getAsInt() + ", but "
                    + first.checkpoint().file() + " gives "
                    + (found.isPresent() ? "one of width " + found.getAsInt() : "none"));
        }
    }

    private static CheckpointException missing(Conditioned.Text text, List<Opened> opened) {
        String found = opened.isEmpty()
                ? "none was named (--text-encoder)"
                : opened.stream()
                        .map(each -> each.checkpoint().file() + " is "
                                + each.encoder().kind() + " of width "
                                + each.encoder().width())
                        .collect(Collectors.joining(", "));
        return new CheckpointException(
                "the denoiser needs a " + text.encoder() + " text encoder of width " + text.width() + ", but " + found);
    }

    private record Opened(Checkpoint checkpoint, TextEncoderArchitecture encoder, Path tokenizer) {}
}
