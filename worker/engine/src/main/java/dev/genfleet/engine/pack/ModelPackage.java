package dev.genfleet.engine.pack;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A verified model package: every file that its manifest names is there with the named SHA-256, and so is the digest.
 *
 * @param folder where its files are
 * @param manifest {@code model.json}
 */
public record ModelPackage(Path folder, ModelManifest manifest) {

    public ModelPackage {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(manifest, "manifest");
    }

    /**
     * Reads and verifies a package; every byte of it is hashed.
     *
     * @throws EngineException {@code model_unavailable}, with a sentence that names the file and what is wrong with it
     */
    public static ModelPackage load(Path folder) throws EngineException {
        ModelManifest manifest = readManifest(folder);
        for (var file : manifest.files().entrySet()) {
            verify(folder, file.getKey(), file.getValue());
        }
        requireListed(folder, manifest, "denoiser", manifest.denoiser().file());
        requireListed(
                folder, manifest, "latent_decoder", manifest.latentDecoder().file());
        if (manifest.conditioning() instanceof ModelConditioning.Captions captions) {
            for (ModelConditioning.TextEncoder encoder : captions.textEncoders()) {
                requireListed(folder, manifest, "text_encoders", encoder.file());
                requireListed(folder, manifest, "text_encoders", encoder.tokenizer());
            }
        }
        String digest = PackageDigest.of(manifest);
        if (!digest.equals(manifest.digest())) {
            throw broken(
                    folder,
                    "the digest in model.json is " + manifest.digest() + ", but its files and model.json give "
                            + digest);
        }
        return new ModelPackage(folder, manifest);
    }

    /** The package's file at {@code path}, relative to its folder. */
    public Path file(String path) {
        return folder.resolve(path);
    }

    private static ModelManifest readManifest(Path folder) throws EngineException {
        Path file = folder.resolve(PackageDigest.MANIFEST_FILE);
        try {
            return Json.read(Files.readAllBytes(file), ModelManifest.class);
        } catch (MalformedRecordException e) {
            throw new EngineException(
                    ErrorCode.MODEL_UNAVAILABLE, sentence(folder, "model.json is " + e.getMessage()), e);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    sentence(folder, "model.json is " + (Files.exists(file) ? "not readable" : "missing")),
                    e);
        }
    }

    private static void verify(Path folder, String name, String expected) throws EngineException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize())) {
            throw broken(folder, "model.json names " + name + ", which is outside the package");
        }
        if (!Files.isRegularFile(file)) {
            throw broken(folder, name + " is missing");
        }
        try {
            String found = PackageDigest.ofFile(file);
            if (!found.equals(expected)) {
                throw broken(
                        folder,
                        "the SHA-256 of " + name + " is " + found + ", but model.json says " + expected
                                + "; the file is damaged, incomplete or another version");
            }
        } catch (IOException e) {
            throw new EngineException(ErrorCode.MODEL_UNAVAILABLE, sentence(folder, name + " is not readable"), e);
        }
    }

    private static void requireListed(Path folder, ModelManifest manifest, String role, String name)
            throws EngineException {
        if (!manifest.files().containsKey(name)) {
            throw broken(folder, role + ".file is " + name + ", which is not among the files of model.json");
        }
    }

    private static EngineException broken(Path folder, String what) {
        return new EngineException(ErrorCode.MODEL_UNAVAILABLE, sentence(folder, what));
    }

    private static String sentence(Path folder, String what) {
        return "The model package in " + folder + " cannot be used: " + what + ".";
    }
}
