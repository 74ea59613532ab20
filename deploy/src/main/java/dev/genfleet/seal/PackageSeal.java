package dev.genfleet.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.model.SamplerFit;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Completes a package whose {@code model.json} somebody wrote by hand. */
public final class PackageSeal {

    private static final JsonMapper WRITER = Json.configure(JsonMapper.builder())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Path folder;
    private final List<String> mistakes = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();

    private PackageSeal(Path folder) {
        this.folder = folder;
    }

    /**
     * Checks every graph against the manifest, then writes {@code files} and {@code digest} into it; what stood there is
     * replaced, so a package may be sealed again after a change.
     *
     * @return what was found, a line each, and at last the digest
     * @throws SealException naming every mistake; nothing is written then
     * @throws IOException when files cannot be read or written
     */
    public static List<String> seal(Path folder) throws SealException, IOException {
        return new PackageSeal(folder.toAbsolutePath().normalize()).seal();
    }

    private List<String> seal() throws SealException, IOException {
        Path file = folder.resolve(PackageDigest.MANIFEST_FILE);
        ModelManifest manifest = manifest(file);
        denoiser(manifest);
        latentDecoder(manifest);
        for (SamplerFit.Objection objection :
                SamplerFit.objections(manifest, manifest.defaults().sampler())) {
            mistakes.add("defaults.sampler of model.json cannot be: " + objection.sentence());
        }
        if (manifest.conditioning() instanceof ModelConditioning.Captions captions) {
            for (ModelConditioning.TextEncoder encoder : captions.textEncoders()) {
                textEncoder(encoder);
            }
        }
        if (!mistakes.isEmpty()) {
            throw new SealException(String.join("\n", mistakes));
        }
        ModelManifest sealed = manifest.sealed(PackageDigest.hashFiles(folder));
        Files.writeString(file, WRITER.writeValueAsString(sealed) + "\n");
        seen.add(sealed.digest());
        return List.copyOf(seen);
    }

    private static ModelManifest manifest(Path file) throws SealException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new SealException(file + " is missing; it says what the model takes");
        }
        try {
            JsonNode json = new JsonMapper().readTree(Files.readAllBytes(file));
            if (!(json instanceof ObjectNode object)) {
                throw new SealException(file + " must be a JSON object");
            }
            object.put("digest", "").putObject("files");
            return Json.read(object.toString().getBytes(StandardCharsets.UTF_8), ModelManifest.class);
        } catch (JsonProcessingException e) {
            throw new SealException(file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (MalformedRecordException e) {
            throw new SealException(file + " is " + e.getMessage(), e);
        }
    }

    private void denoiser(ModelManifest manifest) {
        ModelManifest.Denoiser names = manifest.denoiser();
        look(names.file(), names.inputs(), Set.of(names.output())).ifPresent(graph -> shapes(graph, manifest));
    }

    private void shapes(GraphPorts graph, ModelManifest manifest) {
        ModelManifest.Denoiser names = manifest.denoiser();
        int channels = manifest.latent().channels();
        int rank = manifest.video().isPresent() ? 5 : 4;
        if (graph.inputs().containsKey(names.latents())
                && graph.inputs().get(names.latents()).getShape().length != rank) {
            mistakes.add("input " + names.latents() + " of " + names.file() + " has "
                    + graph.inputs().get(names.latents()).getShape().length + " dimensions, but latents have " + rank);
        }
        expect(names.file(), "input " + names.latents(), GraphPorts.side(graph.inputs(), names.latents(), 1), channels);
        expect(
                names.file(),
                "output " + names.output(),
                GraphPorts.side(graph.outputs(), names.output(), 1),
                names.learnedSigma() ? 2 * channels : channels);
    }

    private void latentDecoder(ModelManifest manifest) {
        var names = manifest.latentDecoder();
        int channels = manifest.latent().channels();
        look(names.file(), Set.of(names.input()), Set.of(names.output())).ifPresent(graph -> {
            expect(names.file(), "input " + names.input(), GraphPorts.side(graph.inputs(), names.input(), 1), channels);
            expect(names.file(), "output " + names.output(), GraphPorts.side(graph.outputs(), names.output(), 1), 3);
        });
    }

    private void textEncoder(ModelConditioning.TextEncoder encoder) {
        Set<String> inputs = new HashSet<>(Set.of(encoder.inputIds()));
        encoder.attentionMask().ifPresent(inputs::add);
        Set<String> outputs = new HashSet<>(Set.of(encoder.hiddenStates()));
        encoder.pooled().ifPresent(outputs::add);
        look(encoder.file(), inputs, outputs);
        if (!Files.isRegularFile(folder.resolve(encoder.tokenizer()))) {
            mistakes.add(encoder.tokenizer() + " is named in model.json, but is not in the package");
        }
    }

    private Optional<GraphPorts> look(String file, Set<String> inputs, Set<String> outputs) {
        try {
            GraphPorts graph = GraphPorts.open(folder, file);
            seen.add(graph.describe());
            mistakes.addAll(graph.mistakes(inputs, outputs));
            return Optional.of(graph);
        } catch (SealException e) {
            mistakes.add(e.getMessage());
            return Optional.empty();
        }
    }

    private void expect(String file, String port, long found, long expected) {
        if (found > 0 && found != expected) {
            mistakes.add(port + " of " + file + " has " + found + " channels, but model.json makes that " + expected
                    + " (latent.channels" + (port.startsWith("output") ? ", doubled by learned_sigma)" : ")"));
        }
    }
}
