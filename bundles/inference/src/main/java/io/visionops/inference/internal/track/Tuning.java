package io.visionops.inference.internal.track;

/**
 * The numbers of the tracker. Lengths are in sizes of the object, its size being the square root of
 * its area (for a standing person six tenths of the height), so that near and far objects are
 * judged alike; times are in seconds, so that every frame rate is. Costs are in nats: the logarithm
 * of how many times less likely something is.
 *
 * @param lowScore detections below are noise; those from here up to the score that starts an object
 *     may keep one (Zhang et al., ByteTrack, ECCV 2022: 0.1)
 * @param position standard deviation of a detection's centre, sizes
 * @param extent standard deviation of a detection's width and height, sizes
 * @param agility spectral density of the acceleration, sizes² / s³: how fast speeds change; 0.27 is
 *     a person whose speed changes by 0.5 sizes (half a metre) a second in a second
 * @param growth the same for width and height, sizes² / s
 * @param speed standard deviation of the speed of an object that was just found, sizes / s; people
 *     walk at 1.3, cars in town drive at 4
 * @param stretch how many standard deviations a width or height may be off before it is taken for a
 *     box that is cut or merged, of which one edge alone is believed
 * @param odd the most that an odd width, or height, costs, nats
 * @param limit above this cost a detection is not this object, nats; 9 is four standard deviations
 *     and a little
 * @param vanish what each second out of sight costs, nats / s: a hidden object is less likely to be
 *     seen again the longer it is hidden
 * @param memory seconds that an object is remembered out of sight, and still reported when there
 *     are but weak detections of it
 * @param bridge seconds that an object out of sight is still reported, at its predicted place
 * @param hits detections before an object is confirmed (Wojke et al., Deep SORT, 2017: 3)
 * @param moved sizes from its first place after which an object is believed to be one: a false
 *     detection stays where it is
 * @param sure how much the mean score of an object that has not moved must lie above the score that
 *     starts one, for {@code patience} seconds; twice as much is believed at once. What stands
 *     still and looks like a person shows the same mistake in every frame, so more frames are no
 *     evidence
 * @param patience seconds, see {@code sure}
 * @param same overlap (intersection over union) above which a weaker detection is a second one of
 *     the same object; 0.45 as in the non-maximum suppression of YOLOX
 * @param parkedAfter seconds that it was seen in one place after which an object is stationary
 * @param parkedWithin sizes that are one place; it takes twice that to leave
 * @param parkedMemory seconds that a stationary object is remembered out of sight, in its place
 */
record Tuning(
        double lowScore,
        double position,
        double extent,
        double agility,
        double growth,
        double speed,
        double stretch,
        double odd,
        double limit,
        double vanish,
        double memory,
        double bridge,
        int hits,
        double moved,
        double sure,
        double patience,
        double same,
        double parkedAfter,
        double parkedWithin,
        double parkedMemory) {

    static final Tuning DEFAULT =
            new Tuning(
                    0.1, 0.11, 0.13, 0.27, 0.027, 4, 2, 4, 9, 0.5, 3, 0.4, 3, 0.3, 0.1, 1, 0.45, 4,
                    0.25, 60);
}
