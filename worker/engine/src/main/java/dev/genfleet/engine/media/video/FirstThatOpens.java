package dev.genfleet.engine.media.video;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The choice among encoders that may not be there: many GPUs have none, and those that have refuse small sizes. What refused a size once
 * is not asked for it again in this process, because asking a GPU takes longer than encoding a short video.
 */
final class FirstThatOpens {

    private static final Logger LOG = LoggerFactory.getLogger(FirstThatOpens.class);
    private static final Set<Refusal> REFUSED = ConcurrentHashMap.newKeySet();

    private FirstThatOpens() {}

    private record Refusal(Encoding encoding, int width, int height) {}

    /**
     * Opens the first of {@code choices} that can be.
     *
     * @throws VideoException when the last cannot be either, with its reason
     */
    static StreamEncoder open(List<Encoding> choices, VideoForm form) throws VideoException {
        for (Encoding choice : choices.subList(0, choices.size() - 1)) {
            Refusal refusal = new Refusal(choice, form.width(), form.height());
            if (REFUSED.contains(refusal)) {
                continue;
            }
            try {
                return new StreamEncoder(choice, form);
            } catch (VideoException e) {
                REFUSED.add(refusal);
                LOG.info(
                        "encoder left out encoder={} instead={} reason={}",
                        choice.encoder(),
                        choices.getLast().encoder(),
                        e.getMessage());
            }
        }
        return new StreamEncoder(choices.getLast(), form);
    }
}
