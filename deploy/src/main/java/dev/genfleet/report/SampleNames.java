package dev.genfleet.report;

import dev.genfleet.local.SampleModel;

/** What jobs call the models that a report looks at. */
final class SampleNames {

    static final String DIT = SampleModel.SHAPES_DIT.modelName();
    static final String DIFFUSSM = SampleModel.SHAPES_DIFFUSSM.modelName();
    static final String GENTRON = SampleModel.SHAPES_GENTRON.modelName();
    static final String GENTRON_INT8 = GENTRON + "-int8";
    static final String GENTRON_FP16 = GENTRON + "-fp16";
    static final String VIDEO = SampleModel.SHAPES_GENTRON_VIDEO.modelName();

    /** The video model without attention between frames. */
    static final String VIDEO_NO_MOTION = VIDEO + "-no-motion";

    private SampleNames() {}
}
