package dev.genfleet.importer;

import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitArithmetic;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.Frames;
import dev.genfleet.importer.gentron.GentronArchitecture;
import java.util.Objects;
import java.util.Optional;

/**
 * How an architecture differs from what its checkpoint says.
 *
 * @param temporal frames of the video model that an image model of GenTron becomes, its temporal layers zero until they are
 *     trained
 * @param motion whether a video model of GenTron keeps its attention between frames
 * @param arithmetic whose arithmetic a DiT follows
 */
public record ArchitectureVariant(Optional<Frames> temporal, Motion motion, DitArithmetic arithmetic) {

    /** As the checkpoint says. */
    public static final ArchitectureVariant AS_STORED =
            new ArchitectureVariant(Optional.empty(), Motion.PER_ROW, DitArithmetic.OFFICIAL);

    /** What becomes of attention between frames. */
    public enum Motion {
        /** Each row says whether its frames attend to each other. */
        PER_ROW,
        /** Frames never attend to each other, which saves the products. */
        NEVER
    }

    public ArchitectureVariant {
        Objects.requireNonNull(temporal, "temporal");
        Objects.requireNonNull(motion, "motion");
        Objects.requireNonNull(arithmetic, "arithmetic");
        if (temporal.isPresent() && motion == Motion.NEVER) {
            throw new IllegalArgumentException(
                    "temporal layers of zeros make no motion, so a model that gets them has none to leave out");
        }
    }

    /**
     * The variant of an architecture.
     *
     * @throws CheckpointException when it has none of that kind
     */
    DenoiserArchitecture of(DenoiserArchitecture stored) throws CheckpointException {
        return stilled(withFrames(withArithmetic(stored)));
    }

    private DenoiserArchitecture withArithmetic(DenoiserArchitecture stored) throws CheckpointException {
        if (arithmetic == DitArithmetic.OFFICIAL) {
            return stored;
        }
        if (stored instanceof DitArchitecture dit) {
            return dit.with(arithmetic);
        }
        throw new CheckpointException(stored.describe() + " has one arithmetic only; a choice is there for DiT");
    }

    private DenoiserArchitecture withFrames(DenoiserArchitecture stored) throws CheckpointException {
        if (temporal.isEmpty()) {
            return stored;
        }
        if (stored instanceof GentronArchitecture gentron && stored.frames().isEmpty()) {
            return gentron.withTemporal(temporal.get());
        }
        throw new CheckpointException(stored.describe()
                + " cannot be given temporal layers, which is possible for GenTron models of images only");
    }

    private DenoiserArchitecture stilled(DenoiserArchitecture stored) throws CheckpointException {
        if (motion == Motion.PER_ROW) {
            return stored;
        }
        if (stored instanceof GentronArchitecture gentron && stored.frames().isPresent()) {
            return gentron.motionless();
        }
        throw new CheckpointException(
                stored.describe() + " has no motion to leave out, which is possible for GenTron models of videos only");
    }
}
