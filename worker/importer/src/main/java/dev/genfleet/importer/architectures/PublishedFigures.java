package dev.genfleet.importer.architectures;

import java.util.List;
import java.util.Optional;

/** Sizes of networks as published. */
public final class PublishedFigures {

    private static final String DIT_TABLE = "Peebles and Xie 2023 (ICCV), Table 4";
    private static final String DIT_BLOCKS = "Peebles and Xie 2023 (ICCV), comparison of conditioning blocks at XL/2";
    private static final String GENTRON = "Chen et al. 2024 (CVPR, GenTron), as others quote it";
    private static final String DIFFUSSM = "Yan et al. 2024 (CVPR, DiffuSSM), as others quote it;"
            + " Gflops of training over training pictures: 1.85e11 / 660 M, at 512 pixels 3.22e11 / 302 M";
    private static final String FILES = "Tensors of the published checkpoints: PixArt, Latte, CLIP, T5, SD VAE";

    private static final List<PublishedFigure> ALL = List.of(
            of("DiT-S/8", "33", "0.36", DIT_TABLE),
            of("DiT-S/4", "33", "1.41", DIT_TABLE),
            of("DiT-S/2", "33", "6.06", DIT_TABLE),
            of("DiT-B/8", "131", "1.42", DIT_TABLE),
            of("DiT-B/4", "130", "5.56", DIT_TABLE),
            of("DiT-B/2", "130", "23.01", DIT_TABLE),
            of("DiT-L/8", "459", "5.01", DIT_TABLE),
            of("DiT-L/4", "458", "19.70", DIT_TABLE),
            of("DiT-L/2", "458", "80.71", DIT_TABLE),
            of("DiT-XL/8", "676", "7.39", DIT_TABLE),
            of("DiT-XL/4", "675", "29.05", DIT_TABLE),
            of("DiT-XL/2", "675", "118.64", DIT_TABLE),
            of("DiT-XL/2 at 512", "675", "524.60", DIT_TABLE),
            of("DiT-XL/2 in-context", "449", "119.37", DIT_BLOCKS),
            of("DiT-XL/2 cross-attention", "598", "137.62", DIT_BLOCKS),
            of("DiT-XL/2 adaLN", "600", "118.56", DIT_BLOCKS),
            of("GenTron-XL/2", "930.0", GENTRON),
            of("GenTron-G/2", "3083.8", GENTRON),
            of("DiffuSSM-XL", "673", "280.3", DIFFUSSM),
            of("DiffuSSM-XL at 512", "673", "1066", DIFFUSSM),
            of("PixArt-α XL/2 at 512", "610.86", FILES),
            of("PixArt-α XL/2 at 1024", "611.35", FILES),
            of("Latte-1", "1057.25", FILES),
            of("CLIP-L text encoder", "123.06", FILES),
            of("T5-XXL encoder", "4762.31", FILES),
            of("SD VAE decoder", "49.49", FILES));

    private PublishedFigures() {}

    /** All of them, by source and size. */
    public static List<PublishedFigure> all() {
        return ALL;
    }

    /** What was published of a model of that name. */
    public static Optional<PublishedFigure> of(String model) {
        return ALL.stream().filter(figure -> figure.model().equals(model)).findFirst();
    }

    private static PublishedFigure of(String model, String parametersMillions, String source) {
        return new PublishedFigure(model, Optional.of(parametersMillions), Optional.empty(), source);
    }

    private static PublishedFigure of(String model, String parametersMillions, String gigaMacs, String source) {
        return new PublishedFigure(model, Optional.of(parametersMillions), Optional.of(gigaMacs), source);
    }
}
