package dev.genfleet.importer.plain;

import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.AutoencoderShape.Part;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.autoencoder.EncoderArchitecture;
import dev.genfleet.importer.diffussm.Conditions;
import dev.genfleet.importer.diffussm.DiffussmArchitecture;
import dev.genfleet.importer.diffussm.DiffussmShape;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitArithmetic;
import dev.genfleet.importer.dit.DitConditioning;
import dev.genfleet.importer.dit.DitLayout;
import dev.genfleet.importer.dit.DitShape;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Conditioned.Encoder;
import dev.genfleet.importer.family.Conditioned.Text;
import dev.genfleet.importer.family.Frames;
import dev.genfleet.importer.gentron.GentronArchitecture;
import dev.genfleet.importer.gentron.GentronShape;
import dev.genfleet.importer.gentron.GentronTemporal;
import dev.genfleet.importer.gentron.GentronText;
import dev.genfleet.importer.latte.LatteArchitecture;
import dev.genfleet.importer.latte.TemporalAttention;
import dev.genfleet.importer.pixart.MicroConditions;
import dev.genfleet.importer.pixart.PixArtArchitecture;
import dev.genfleet.importer.text.ClipTextArchitecture;
import dev.genfleet.importer.text.ClipTextShape;
import dev.genfleet.importer.text.RelativePositions;
import dev.genfleet.importer.text.T5Architecture;
import dev.genfleet.importer.text.T5Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** One small architecture of each kind and option that can be imported. */
final class SmallArchitectures {

    private static final Text CLIP = new Text(Encoder.CLIP, 24, 9);
    private static final Text T5 = new Text(Encoder.T5, 40, 10);
    private static final GentronShape TRUNK = new GentronShape(48, 2, 3, 192, 2, 4, 8);

    private SmallArchitectures() {}

    static DitArchitecture dit() {
        return new DitArchitecture(new DitShape(96, 3, 4, 2, 4, 8, 5, 384, 11, 10));
    }

    static Map<String, Architecture> all() {
        Map<String, Architecture> all = new TreeMap<>();
        for (DitConditioning conditioning : DitConditioning.values()) {
            all.put("DiT " + conditioning, dit().with(conditioning));
        }
        all.put("DiT of diffusers", dit().with(DitLayout.DIFFUSERS));
        all.put(
                "DiT of diffusers as diffusers computes it",
                dit().with(DitLayout.DIFFUSERS).with(DitArithmetic.DIFFUSERS));
        gentrons(all);
        AdaLnSingleShape single = new AdaLnSingleShape(48, 2, 3, 2, 4, 8, 192, 40, 32, 1.5);
        all.put("PixArt", new PixArtArchitecture(single, MicroConditions.NONE, 11));
        all.put(
                "PixArt with micro-conditions",
                new PixArtArchitecture(single, MicroConditions.RESOLUTION_AND_ASPECT_RATIO, 11));
        all.put("Latte", new LatteArchitecture(single, 4, TemporalAttention.APPLIED));
        all.put("Latte of single frames", new LatteArchitecture(single, 1, TemporalAttention.APPLIED));
        all.put("Latte without time", new LatteArchitecture(single, 4, TemporalAttention.SKIPPED));
        diffussms(all);
        AutoencoderShape autoencoder =
                new AutoencoderShape(List.of(16, 24, 32), 2, 8, 4, 0.18215, Set.of(Part.values()));
        all.put("decoder", new DecoderArchitecture(autoencoder));
        all.put("encoder", new EncoderArchitecture(autoencoder));
        AutoencoderShape bare = new AutoencoderShape(List.of(16, 16), 1, 4, 3, 1, Set.of());
        all.put("decoder without attention", new DecoderArchitecture(bare));
        all.put("encoder without attention", new EncoderArchitecture(bare));
        texts(all);
        return all;
    }

    private static void gentrons(Map<String, Architecture> all) {
        List<Encoder> turns = List.of(Encoder.CLIP, Encoder.T5);
        GentronArchitecture images =
                GentronArchitecture.images(TRUNK, new GentronText(List.of(CLIP, T5), turns, OptionalInt.of(24)));
        GentronArchitecture videos = new GentronArchitecture(
                images.shape(),
                images.text(),
                images.sizes(),
                Optional.of(new GentronTemporal(new Frames(4, 8), GentronTemporal.Form.ATTENDING)));
        all.put("GenTron of images", images);
        all.put(
                "GenTron of T5 alone",
                images.conditionedOn(
                        new GentronText(List.of(T5), List.of(Encoder.T5, Encoder.T5), OptionalInt.empty())));
        all.put(
                "GenTron of pooled text",
                images.conditionedOn(new GentronText(List.of(CLIP), List.of(), OptionalInt.of(24))));
        all.put("GenTron of videos", videos);
        all.put("GenTron of still videos", videos.motionless());
        all.put("GenTron of images made to one of videos", images.withTemporal(new Frames(4, 8)));
    }

    private static void diffussms(Map<String, Architecture> all) {
        all.put(
                "DiffuSSM on classes",
                new DiffussmArchitecture(new DiffussmShape(48, 2, 2, 4, 4, 8, 6, 8, new Conditions.Classes(11, 10))));
        all.put(
                "DiffuSSM on captions",
                new DiffussmArchitecture(
                        new DiffussmShape(48, 2, 4, 4, 4, 4, 4, 8, new Conditions.Captions(3, 24, List.of(CLIP, T5)))));
    }

    private static void texts(Map<String, Architecture> all) {
        ClipTextShape clip = new ClipTextShape(
                64,
                16,
                48,
                3,
                4,
                96,
                ClipTextShape.Activation.QUICK_GELU,
                1e-5f,
                OptionalInt.of(63),
                OptionalInt.empty(),
                ClipTextShape.Hidden.LAST);
        all.put("CLIP", new ClipTextArchitecture(clip));
        all.put(
                "OpenCLIP",
                new ClipTextArchitecture(new ClipTextShape(
                        64,
                        16,
                        48,
                        3,
                        4,
                        96,
                        ClipTextShape.Activation.GELU,
                        1e-5f,
                        OptionalInt.empty(),
                        OptionalInt.of(32),
                        ClipTextShape.Hidden.PENULTIMATE)));
        for (T5Shape.FeedForward form : T5Shape.FeedForward.values()) {
            all.put(
                    "T5 " + form,
                    new T5Architecture(new T5Shape(99, 48, 3, 4, 10, 96, form, 1e-6f, RelativePositions.usual())));
        }
    }
}
