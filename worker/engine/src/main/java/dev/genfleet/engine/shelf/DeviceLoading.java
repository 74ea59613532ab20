package dev.genfleet.engine.shelf;

import dev.genfleet.engine.device.DeviceModels;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.TextEncoder;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.text.CaptionEncoder;
import dev.genfleet.engine.text.Tokenizer;
import dev.genfleet.model.ModelConditioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Loads all networks of a package, or none.
 *
 * @param device where to
 */
public record DeviceLoading(DeviceModels device) implements ModelLoading {

    @Override
    public LoadedModel load(ModelPackage model) throws EngineException {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            LatentDecoder decoder = device.latentDecoder(model);
            opened.add(decoder);
            Optional<CaptionEncoder> captions = captionEncoder(model);
            captions.ifPresent(opened::add);
            return new LoadedModel(model.manifest(), device.denoiser(model), decoder, captions);
        } catch (EngineException | RuntimeException | Error e) {
            closeAll(opened, e);
            throw e;
        }
    }

    private Optional<CaptionEncoder> captionEncoder(ModelPackage model) throws EngineException {
        if (!(model.manifest().conditioning() instanceof ModelConditioning.Captions captions)) {
            return Optional.empty();
        }
        List<CaptionEncoder.Part> parts = new ArrayList<>();
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            for (ModelConditioning.TextEncoder encoder : captions.textEncoders()) {
                Tokenizer tokenizer =
                        Tokenizer.read(model.file(encoder.tokenizer()), encoder.tokens(), encoder.padId());
                opened.add(tokenizer);
                TextEncoder network = device.textEncoder(model, encoder);
                opened.add(network);
                parts.add(new CaptionEncoder.Part(tokenizer, network));
            }
            return Optional.of(new CaptionEncoder(parts));
        } catch (EngineException | RuntimeException | Error e) {
            closeAll(opened, e);
            throw e;
        }
    }

    private static void closeAll(List<AutoCloseable> opened, Throwable cause) {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }
}
