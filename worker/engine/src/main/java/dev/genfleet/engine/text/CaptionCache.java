package dev.genfleet.engine.text;

import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.device.TokenVectors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Encoded captions by content, the least recently used dropped first. Owned by the text thread. */
public final class CaptionCache {

    private final long maxBytes;
    private final Map<Key, RowConditioning.OfCaption> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** An empty cache for up to {@code maxBytes} of vectors. */
    public CaptionCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** What a caption was encoded to by the model of a digest. */
    public Optional<RowConditioning.OfCaption> find(String digest, String caption) {
        return Optional.ofNullable(entries.get(new Key(digest, caption)));
    }

    /** Keeps an encoded caption. */
    public void keep(String digest, String caption, RowConditioning.OfCaption encoded) {
        RowConditioning.OfCaption before = entries.put(new Key(digest, caption), encoded);
        bytes += size(encoded) - (before == null ? 0 : size(before));
        var eldest = entries.entrySet().iterator();
        while (bytes > maxBytes && eldest.hasNext()) {
            bytes -= size(eldest.next().getValue());
            eldest.remove();
        }
    }

    /** Bytes of all vectors. */
    public long bytes() {
        return bytes;
    }

    private static long size(RowConditioning.OfCaption encoded) {
        return encoded.texts().stream().mapToLong(TokenVectors::bytes).sum();
    }

    private record Key(String digest, String caption) {}
}
