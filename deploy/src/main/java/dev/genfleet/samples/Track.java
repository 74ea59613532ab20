package dev.genfleet.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Where an object's centre is, frame by frame; some frames may not show it. */
record Track(List<Optional<Placed>> frames) {

    /**
     * From the first to the last frame by the Theil–Sen estimate, the median of the slopes of all pairs of frames, which a few
     * frames that show something else do not move; nothing if not more than half of the frames show the object.
     */
    Optional<Displacement> displacement() {
        long seen = frames.stream().flatMap(Optional::stream).count();
        if (2 * seen <= frames.size() || seen < 2) {
            return Optional.empty();
        }
        int intervals = frames.size() - 1;
        return Optional.of(new Displacement(intervals * medianSlope(Placed::x), intervals * medianSlope(Placed::y)));
    }

    /** Per frame. */
    private double medianSlope(ToDoubleFunction<Placed> coordinate) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            for (int j = i + 1; j < frames.size(); j++) {
                if (frames.get(i).isPresent() && frames.get(j).isPresent()) {
                    double way = coordinate.applyAsDouble(frames.get(j).get())
                            - coordinate.applyAsDouble(frames.get(i).get());
                    slopes.add(way / (j - i));
                }
            }
        }
        return slopes.stream().sorted().skip(slopes.size() / 2).findFirst().orElseThrow();
    }
}
