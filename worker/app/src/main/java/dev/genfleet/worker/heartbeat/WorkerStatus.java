package dev.genfleet.worker.heartbeat;

import dev.genfleet.engine.DeviceStatus;
import dev.genfleet.worker.metrics.ForwardCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a heartbeat says.
 *
 * @param id of the worker
 * @param pool the first pool it takes jobs from
 * @param pools all pools it takes jobs from
 * @param device its devices, with commas between
 * @param slots jobs that it can hold at once
 * @param running jobs that it holds now
 * @param models model packages that are loaded on some device
 * @param devices what each device can run, and what is loaded there
 * @param startedAt when the worker started
 * @param forwards forwards of the denoiser since then
 * @param rows rows of all forwards together
 * @param rowsHistogram rows of a forward → forwards
 * @param samplesHistogram samples of a forward → forwards
 */
public record WorkerStatus(
        String id,
        String pool,
        List<String> pools,
        String device,
        int slots,
        int running,
        List<LoadedModel> models,
        List<DeviceView> devices,
        Instant startedAt,
        long forwards,
        long rows,
        Map<Integer, Long> rowsHistogram,
        Map<Integer, Long> samplesHistogram) {

    /**
     * A loaded model package.
     *
     * @param name what jobs call it
     * @param digest of the package
     */
    public record LoadedModel(String name, String digest) {}

    /**
     * What does not change while the worker lives.
     *
     * @param id of the worker
     * @param pools that it takes jobs from
     * @param device its devices, with commas between
     * @param slots jobs that it can hold at once
     * @param startedAt when the worker started
     */
    public record Identity(String id, List<String> pools, String device, int slots, Instant startedAt) {

        /** The status with the changing parts. */
        public WorkerStatus with(int running, List<DeviceStatus> devices, ForwardCounts.Snapshot counts) {
            List<DeviceView> views = devices.stream().map(DeviceView::of).toList();
            return new WorkerStatus(
                    id,
                    pools.getFirst(),
                    pools,
                    device,
                    slots,
                    running,
                    views.stream()
                            .flatMap(device -> device.models().stream())
                            .filter(DeviceView.Model::loaded)
                            .map(model -> new LoadedModel(model.name(), model.digest()))
                            .distinct()
                            .toList(),
                    views,
                    startedAt,
                    counts.forwards(),
                    counts.rows(),
                    counts.rowsHistogram(),
                    counts.samplesHistogram());
        }
    }
}
