package dev.genfleet.local;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sample models, the one that is preferred before others that take the same first. */
public enum SampleModel {
    SHAPES_DIT(Takes.LABELS, Makes.PICTURES),
    SHAPES_GENTRON(Takes.CAPTIONS, Makes.PICTURES),
    SHAPES_GENTRON_VIDEO(Takes.CAPTIONS, Makes.VIDEOS),
    SHAPES_DIFFUSSM(Takes.LABELS, Makes.PICTURES);

    /** Folder among the samples of the autoencoder that they share. */
    public static final String AUTOENCODER = "shapes-vae";

    private final Takes takes;
    private final Makes makes;

    SampleModel(Takes takes, Makes makes) {
        this.takes = takes;
        this.makes = makes;
    }

    /** The sample model that jobs call by this name. */
    public static Optional<SampleModel> named(String name) {
        return all().stream().filter(model -> model.modelName().equals(name)).findFirst();
    }

    public static List<SampleModel> all() {
        return Arrays.asList(values());
    }

    /** What jobs call it, and its folder among the samples. */
    public String modelName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Takes takes() {
        return takes;
    }

    public Makes makes() {
        return makes;
    }

    /** What says what is to be seen. */
    public enum Takes {
        LABELS,
        CAPTIONS
    }

    /** What comes out. */
    public enum Makes {
        PICTURES,
        VIDEOS
    }
}
