package dev.genfleet.engine.text;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.RowConditioning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The captions that are wanted at one moment. Equal ones are encoded once, and whoever is encoded takes along as many others of
 * the same model as fit. A batch that fails is tried again caption by caption, so that one of them does not fail the others. Owned
 * by the text thread.
 */
public final class CaptionRound {

    private final CaptionCache cache;
    private final Map<Wanted, CaptionEncoder> wanted = new LinkedHashMap<>();
    private final Map<Wanted, Outcome> outcomes = new HashMap<>();

    /** A round that wants nothing yet. */
    public CaptionRound(CaptionCache cache) {
        this.cache = cache;
    }

    /** Notes that {@link #encoded} will be asked for a caption. */
    public void want(String digest, CaptionEncoder encoder, String caption) {
        Wanted key = new Wanted(digest, caption);
        if (!outcomes.containsKey(key)) {
            cache.find(digest, caption)
                    .ifPresentOrElse(
                            found -> outcomes.put(key, new Outcome.Encoded(found)), () -> wanted.put(key, encoder));
        }
    }

    /**
     * What a wanted caption was encoded to.
     *
     * @throws DeviceFault when it could not be encoded, also alone
     */
    public RowConditioning.OfCaption encoded(String digest, String caption) throws DeviceFault {
        Wanted key = new Wanted(digest, caption);
        CaptionEncoder encoder = wanted.remove(key);
        if (encoder != null) {
            encode(batch(key, encoder.mostRows()), encoder);
        }
        return switch (Optional.ofNullable(outcomes.get(key)).orElseThrow()) {
            case Outcome.Encoded done -> done.caption();
            case Outcome.Refused refused -> throw refused.fault();
            case Outcome.Broken broken -> throw broken.fault();
        };
    }

    /** The caption and those of the same model that came next. */
    private List<Wanted> batch(Wanted first, int most) {
        List<Wanted> batch = new ArrayList<>(List.of(first));
        for (Iterator<Wanted> others = wanted.keySet().iterator(); others.hasNext() && batch.size() < most; ) {
            Wanted other = others.next();
            if (other.digest().equals(first.digest())) {
                batch.add(other);
                others.remove();
            }
        }
        return batch;
    }

    private void encode(List<Wanted> batch, CaptionEncoder encoder) {
        try {
            List<RowConditioning.OfCaption> encoded =
                    encoder.encode(batch.stream().map(Wanted::caption).toList());
            for (int i = 0; i < batch.size(); i++) {
                cache.keep(batch.get(i).digest(), batch.get(i).caption(), encoded.get(i));
                outcomes.put(batch.get(i), new Outcome.Encoded(encoded.get(i)));
            }
        } catch (DeviceFault | RuntimeException e) {
            if (batch.size() > 1) {
                batch.forEach(each -> encode(List.of(each), encoder));
            } else {
                outcomes.put(
                        batch.getFirst(),
                        e instanceof DeviceFault fault
                                ? new Outcome.Refused(fault)
                                : new Outcome.Broken((RuntimeException) e));
            }
        }
    }

    private record Wanted(String digest, String caption) {}

    private sealed interface Outcome {
        record Encoded(RowConditioning.OfCaption caption) implements Outcome {}

        record Refused(DeviceFault fault) implements Outcome {}

        record Broken(RuntimeException fault) implements Outcome {}
    }
}
