package dev.genfleet.importer.architectures;

import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.diffussm.DiffussmArchitecture;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitConditioning;
import dev.genfleet.importer.dit.DitSize;
import dev.genfleet.importer.gentron.GentronArchitecture;
import dev.genfleet.importer.latte.LatteArchitecture;
import dev.genfleet.importer.pixart.PixArtArchitecture;
import dev.genfleet.importer.text.ClipTextArchitecture;
import dev.genfleet.importer.text.ClipTextShape;
import dev.genfleet.importer.text.T5Architecture;
import dev.genfleet.importer.text.T5Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The networks that the importer knows, in the sizes in which they were published. */
final class PublishedArchitectures {

    /** Whose 5.565 GMACs no counting makes the paper's 5.56. */
    private static final String ROUNDED_DOWN = "DiT-B/4";

    private static final int CELLS_256 = 32;
    private static final int CELLS_512 = 64;
    private static final long CLIP_TOKENS = 77;
    private static final long T5_TOKENS = 120;

    private PublishedArchitectures() {}

    /** All of them, by family and size. */
    static List<PublishedArchitecture> all() {
        return Stream.of(dits(), conditionings(), gentrons(), diffussms(), adaLnSingle(), parts())
                .flatMap(List::stream)
                .toList();
    }

    private static List<PublishedArchitecture> dits() {
        Stream<PublishedArchitecture> of256Pixels = Stream.of(DitSize.values()).flatMap(size -> Stream.of(8, 4, 2)
                .map(patch -> dit("DiT-" + size + "/" + patch, DitArchitecture.published(size, patch, CELLS_256))));
        return Stream.concat(
                        of256Pixels,
                        Stream.of(dit("DiT-XL/2 at 512", DitArchitecture.published(DitSize.XL, 2, CELLS_512))))
                .toList();
    }

    private static List<PublishedArchitecture> conditionings() {
        DitArchitecture xl2 = DitArchitecture.published(DitSize.XL, 2, CELLS_256);
        return List.of(
                dit("DiT-XL/2 in-context", xl2.with(DitConditioning.IN_CONTEXT)),
                dit("DiT-XL/2 cross-attention", xl2.with(DitConditioning.CROSS_ATTENTION)),
                dit("DiT-XL/2 adaLN", xl2.with(DitConditioning.ADALN)));
    }

    /** A remark only where the printed figures differ. */
    private static PublishedArchitecture dit(String model, DitArchitecture architecture) {
        PublishedArchitecture plain = PublishedArchitecture.of(model, architecture, Remark.NONE);
        if (plain.count().isAsPublished()) {
            return plain;
        }
        String words = model.equals(ROUNDED_DOWN) ? "5.565 rounded down" : "elementwise work";
        return PublishedArchitecture.of(model, architecture, new Remark(words, Remarks.DIT));
    }

    private static List<PublishedArchitecture> gentrons() {
        Remark images = new Remark("22.77 M of text", Remarks.GENTRON);
        Remark videos = new Remark("8 frames", Remarks.GENTRON);
        return List.of(
                PublishedArchitecture.of("GenTron-XL/2", GentronArchitecture.xl2(), images),
                PublishedArchitecture.of("GenTron-G/2", GentronArchitecture.g2(), images),
                PublishedArchitecture.of("GenTron-XL/2 T2V", GentronArchitecture.xl2Video(), videos),
                PublishedArchitecture.of("GenTron-G/2 T2V", GentronArchitecture.g2Video(), videos));
    }

    private static List<PublishedArchitecture> diffussms() {
        Remark remark = new Remark("3 modulations", Remarks.DIFFUSSM);
        return List.of(
                PublishedArchitecture.of("DiffuSSM-XL", DiffussmArchitecture.xl256(), remark),
                PublishedArchitecture.of("DiffuSSM-XL at 512", DiffussmArchitecture.xl512(), remark));
    }

    private static List<PublishedArchitecture> adaLnSingle() {
        Remark alpha = new Remark("120 tokens", Remarks.FILE);
        Remark sigma = new Remark("300 tokens", Remarks.FILE);
        return Stream.of(
                        Stream.of(256, 512, 1024)
                                .map(side -> PublishedArchitecture.of(
                                        "PixArt-α XL/2 at " + side, PixArtArchitecture.alpha(side), alpha)),
                        Stream.of(256, 512, 1024, 2048)
                                .map(side -> PublishedArchitecture.of(
                                        "PixArt-Σ XL/2 at " + side, PixArtArchitecture.sigma(side), sigma)),
                        Stream.of(PublishedArchitecture.of(
                                "Latte-1", LatteArchitecture.xl2(), new Remark("16 frames", Remarks.FILE))))
                .flatMap(models -> models)
                .toList();
    }

    private static List<PublishedArchitecture> parts() {
        return List.of(
                new PublishedArchitecture(
                        "CLIP-L text encoder",
                        new ClipTextArchitecture(ClipTextShape.clipL()),
                        Map.of("batch", 1L, "tokens", CLIP_TOKENS),
                        new Remark("77 tokens", Remarks.FILE)),
                new PublishedArchitecture(
                        "T5-XXL encoder",
                        new T5Architecture(T5Shape.xxl()),
                        Map.of("batch", 1L, "tokens", T5_TOKENS),
                        new Remark("120 tokens", Remarks.FILE)),
                new PublishedArchitecture(
                        "SD VAE decoder",
                        new DecoderArchitecture(
                                AutoencoderShape.stableDiffusion(AutoencoderShape.STABLE_DIFFUSION_SCALING)),
                        Map.of("batch", 1L, "height", (long) CELLS_256, "width", (long) CELLS_256),
                        new Remark("256 pixels", Remarks.FILE)));
    }
}
