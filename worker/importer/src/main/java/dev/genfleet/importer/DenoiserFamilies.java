package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.diffussm.DiffussmFamily;
import dev.genfleet.importer.dit.DitFamily;
import dev.genfleet.importer.family.DenoiserFamily;
import dev.genfleet.importer.gentron.GentronFamily;
import dev.genfleet.importer.latte.LatteFamily;
import dev.genfleet.importer.pixart.PixArtFamily;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every family of denoisers that can be imported. */
final class DenoiserFamilies {

    private static final List<DenoiserFamily> KNOWN =
            List.of(new DitFamily(), new GentronFamily(), new DiffussmFamily(), new PixArtFamily(), new LatteFamily());

    private DenoiserFamilies() {}

    /**
     * The family that a checkpoint is of.
     *
     * @param asked the family's name where somebody gave it
     * @throws CheckpointException when no family claims it, or none has that name
     */
    static DenoiserFamily of(Checkpoint checkpoint, JsonNode config, Optional<String> asked)
            throws CheckpointException {
        if (asked.isPresent()) {
            return KNOWN.stream()
                    .filter(family -> family.name().equals(asked.get()))
                    .findFirst()
                    .orElseThrow(() ->
                            new CheckpointException("family is '" + asked.get() + "', but must be one of " + names()));
        }
        return KNOWN.stream()
                .filter(family -> family.claims(checkpoint, config))
                .findFirst()
                .orElseThrow(() -> new CheckpointException(
                        checkpoint.file() + " is of no family that is known: " + names() + "; its first keys are "
                                + checkpoint.tensors().stream()
                                        .limit(5)
                                        .map(tensor -> tensor.name())
                                        .toList()));
    }

    private static String names() {
        return KNOWN.stream().map(DenoiserFamily::name).collect(Collectors.joining(", "));
    }
}
