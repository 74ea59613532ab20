package dev.genfleet.importer.checkpoint;

import java.util.List;

/** Removes what training wrappers put before every key: DataParallel's {@code module.}, torch.compile's {@code _orig_mod.}. */
final class KeyPrefixes {

    private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");
    private static final int MAX_WRAPPERS = 4;

    private KeyPrefixes() {}

    /** The tensors without prefixes that all of them have. */
    static List<StoredTensor> stripped(List<StoredTensor> tensors) {
        int length = 0;
        for (int depth = 0; depth < MAX_WRAPPERS; depth++) {
            int from = length;
            length += WRAPPERS.stream()
                    .filter(wrapper ->
                            tensors.stream().allMatch(tensor -> tensor.name().startsWith(wrapper, from)))
                    .mapToInt(String::length)
                    .findFirst()
                    .orElse(0);
        }
        int prefix = length;
        return prefix == 0 || tensors.isEmpty()
                ? tensors
                : tensors.stream()
                        .map(tensor -> tensor.named(tensor.name().substring(prefix)))
                        .toList();
    }
}
