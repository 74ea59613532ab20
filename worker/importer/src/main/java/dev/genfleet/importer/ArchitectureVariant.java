package dev.genfleet.importer;

import dev.genfleet.importer.checkpoint.CheckpointException;
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
 */
public record ArchitectureVariant(Optional<Frames> temporal, Motion motion) {

    /** As the checkpoint says. */
    public static final ArchitectureVariant AS_STORED = new ArchitectureVariant(Optional.empty(), Motion.PER_ROW);

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
    }

    /**
     * The variant of an architecture.
     *
     * @throws CheckpointException when it has none of that kind
     */
    DenoiserArchitecture of(DenoiserArchitecture stored) throws CheckpointException {
        if (equals(AS_STORED)) {
            return stored;
        }
        if (!(stored instanceof GentronArchitecture gentron)) {
            throw new CheckpointException(stored.describe()
                    + " has no temporal layers to be added or stilled, which is possible for GenTron only");
        }
        GentronArchitecture result = gentron;
        if (temporal.isPresent()) {
            if (stored.frames().isPresent()) {
                throw new CheckpointException(stored.describe() + " has temporal layers already");
            }
            result = result.withTemporal(temporal.get());
        }
        if (motion == Motion.NEVER) {
            if (result.frames().isEmpty()) {
                throw new CheckpointException(stored.describe() + " makes images, so there is no motion to leave out");
            }
            result = result.motionless();
        }
        return result;
    }
}
