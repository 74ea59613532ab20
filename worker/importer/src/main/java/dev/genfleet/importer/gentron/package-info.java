/**
 * The GenTron family: diffusion transformers of images and videos conditioned on captions (Chen et al., CVPR 2024). Neither code nor
 * weights were published, so where the paper leaves a choice open the convention taken is stated at the class that takes it.
 * Immutable or confined to one emission.
 */
package dev.genfleet.importer.gentron;
