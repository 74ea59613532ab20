package dev.genfleet.importer.autoencoder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.model.RgbFactors;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The linear map from an autoencoder's latents to colours: {@code rgb_factors} of its {@code config.json}, in the form of
 * {@code model.json}, where whoever trained it fitted one, and else a published one.
 */
public final class LatentColours {

    private static final String FIELD = "rgb_factors";

    private LatentColours() {}

    /**
     * The factors of an autoencoder, where they are known.
     *
     * @throws CheckpointException when {@code rgb_factors} are not three numbers for each latent channel and a bias of three
     */
    public static Optional<RgbFactors> of(JsonNode config, Checkpoint checkpoint, AutoencoderShape shape)
            throws CheckpointException {
        if (!config.hasNonNull(FIELD)) {
            return PublishedRgbFactors.of(shape);
        }
        RgbFactors fitted = read(config.get(FIELD), checkpoint);
        if (fitted.weights().size() != shape.latentChannels()) {
            throw refusal(config.get(FIELD), checkpoint, "its latents have " + shape.latentChannels() + " channels");
        }
        return Optional.of(fitted);
    }

    private static RgbFactors read(JsonNode given, Checkpoint checkpoint) throws CheckpointException {
        try {
            return Json.read(given.toString().getBytes(StandardCharsets.UTF_8), RgbFactors.class);
        } catch (MalformedRecordException e) {
            throw refusal(given, checkpoint, e.getMessage());
        }
    }

    private static CheckpointException refusal(JsonNode given, Checkpoint checkpoint, String because) {
        return new CheckpointException(FIELD + " in config.json beside " + checkpoint.file() + " is " + given
                + ", but must have weights, three numbers for each latent channel, and a bias of three: " + because);
    }
}
