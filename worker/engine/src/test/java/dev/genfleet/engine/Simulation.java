package dev.genfleet.engine;

import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.engine.shelf.Loan;
import dev.genfleet.engine.shelf.ModelLoans;
import dev.genfleet.model.LatentShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.IntFunction;

/**
 * The loop on a simulated device under arrivals of a script: every turn is looked at by {@link StepRules}. Two models share the
 * device, so there are two lanes.
 */
final class Simulation {

    static final List<String> DIGESTS = List.of(Specs.DIGEST, "sha256:1111");
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int ROOM_FOR_ALL = 4096;

    private final ManualClock clock = new ManualClock();
    private final SimulatedDevice device;
    private final EngineLoop loop;
    private final StepRules rules;
    private final Map<Arrival, Instant> ends = new HashMap<>();
    private final Map<Arrival, ActiveGeneration> underWay = new LinkedHashMap<>();
    private int forwards;
    private int expired;

    /**
     * A simulation.
     *
     * @param maxRows most rows of a forward
     * @param workingMemory bytes
     * @param curve what forwards take, by rows
     */
    Simulation(int maxRows, long workingMemory, IntFunction<Duration> curve) {
        device = new SimulatedDevice(clock, curve);
        Map<String, LoadedModel> models = new HashMap<>();
        for (String digest : DIGESTS) {
            models.put(
                    digest,
                    new LoadedModel(
                            Specs.manifest(digest, Map.of(), Specs.SIZE), device, new NoDecoder(), Optional.empty()));
        }
        ModelLoans loans = digest -> Optional.of(new Loan(models.get(digest), () -> {}));
        EngineSettings.Stepping stepping =
                new EngineSettings.Stepping(maxRows, PATIENCE, RowChoice.MEASURED, workingMemory, Duration.ZERO);
        DecodeStage decoded = new DecodeStage(ROOM_FOR_ALL, () -> {});
        loop = new EngineLoop(loans, stepping, new Clocks(clock, clock::nanos), ForwardObserver.none(), decoded);
        for (LoadedModel model : models.values()) {
            loop.warmUp(model, new RowConditioning.OfClass(0));
        }
        clock.advance(Duration.ofNanos(-clock.nanos()));
        rules = new StepRules(maxRows, PATIENCE, device);
    }

    /**
     * A job of the script.
     *
     * @param at after the start
     * @param generation submitted then
     */
    record Arrival(Duration at, Generation generation) {}

    /** Latency of each job that ran to its last step. */
    Map<Arrival, Duration> run(List<Arrival> script) throws EngineException {
        Queue<Arrival> coming = new ArrayDeque<>(
                script.stream().sorted(Comparator.comparing(Arrival::at)).toList());
        while (!coming.isEmpty() || !underWay.isEmpty()) {
            while (!coming.isEmpty() && coming.element().at().toNanos() <= clock.nanos()) {
                submit(coming.remove());
            }
            List<ActiveGeneration> alive = List.copyOf(underWay.values());
            rules.before(alive, clock.instant());
            boolean ran = loop.runOnce();
            rules.after(alive, ran);
            forwards += ran ? 1 : 0;
            if (!ran && !underWay.isEmpty()) {
                throw new AssertionError("idle while " + underWay.keySet() + " wait");
            }
            if (!ran && !coming.isEmpty()) {
                clock.advance(coming.element().at().minusNanos(clock.nanos()));
            }
        }
        Map<Arrival, Duration> latencies = new LinkedHashMap<>();
        for (Arrival arrival : script) {
            if (ends.containsKey(arrival)) {
                latencies.put(arrival, Duration.between(arrival.generation().submittedAt(), ends.get(arrival)));
            }
        }
        return latencies;
    }

    int forwards() {
        return forwards;
    }

    int expired() {
        return expired;
    }

    StepRules rules() {
        return rules;
    }

    private void submit(Arrival arrival) throws EngineException {
        ActiveGeneration[] planned = new ActiveGeneration[1];
        planned[0] = loop.plan(
                arrival.generation(),
                new GenerationListener() {
                    @Override
                    public void stepped(int step, int steps) {
                        if (step == steps) {
                            ends.put(arrival, clock.instant());
                            underWay.remove(arrival);
                        }
                    }

                    @Override
                    public void finished(List<Picture> pictures) {
                        throw new AssertionError("nobody decodes");
                    }

                    @Override
                    public void canceled(int step) {
                        throw new AssertionError("nobody cancels");
                    }

                    @Override
                    public void expired() {
                        rules.expired(planned[0], clock.instant());
                        expired++;
                        underWay.remove(arrival);
                    }

                    @Override
                    public void failed(EngineException fault) {
                        throw new AssertionError(fault);
                    }
                },
                Specs.manifest(arrival.generation().spec().modelDigest(), Map.of(), Specs.SIZE));
        underWay.put(arrival, planned[0]);
        loop.admit(planned[0]);
    }

    private static final class NoDecoder implements LatentDecoder {
        @Override
        public List<Pixels> decode(List<float[]> latents, LatentShape shape) {
            throw new AssertionError("nobody decodes");
        }

        @Override
        public void close() {}
    }
}
