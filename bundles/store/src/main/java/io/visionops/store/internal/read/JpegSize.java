package io.visionops.store.internal.read;

/**
 * Size of a JPEG, from its header alone.
 *
 * @param width pixels; 0 when it is not a JPEG
 * @param height likewise
 */
record JpegSize(int width, int height) {

    private static final JpegSize UNKNOWN = new JpegSize(0, 0);

    static JpegSize of(byte[] jpeg) {
        int at = 2;
        // Segments: FF, type, length of two bytes that counts itself.
        while (at + 9 <= jpeg.length && (jpeg[at] & 0xff) == 0xff) {
            int type = jpeg[at + 1] & 0xff;
            if (isFrame(type)) {
                return new JpegSize(number(jpeg, at + 7), number(jpeg, at + 5));
            }
            at += type == 0xff ? 1 : 2 + number(jpeg, at + 2);
        }
        return UNKNOWN;
    }

    /** Start of a frame: C0..CF without the tables C4, C8 and CC. */
    private static boolean isFrame(int type) {
        return type >= 0xc0 && type <= 0xcf && type != 0xc4 && type != 0xc8 && type != 0xcc;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
