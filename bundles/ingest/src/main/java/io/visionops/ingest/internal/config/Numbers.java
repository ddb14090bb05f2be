package io.visionops.ingest.internal.config;

/** Numbers as they are written: plain digits, a point where a fraction is allowed. */
final class Numbers {

    private Numbers() {}

    static double decimal(String key, String text, int least, int most) throws InvalidSetting {
        String rule = "must be a number " + least + ".." + most;
        if (!text.matches("-?(\\d{1,9}(\\.\\d{0,9})?|\\.\\d{1,9})")) {
            throw InvalidSetting.value(key, text, rule);
        }
        double value = Double.parseDouble(text);
        if (value < least || value > most) {
            throw InvalidSetting.value(key, text, rule);
        }
        return value;
    }

    static int whole(String key, String text, int least, int most) throws InvalidSetting {
        String rule = "must be " + least + ".." + most;
        if (!text.matches("-?\\d{1,9}")) {
            throw InvalidSetting.value(key, text, rule);
        }
        int value = Integer.parseInt(text);
        if (value < least || value > most) {
            throw InvalidSetting.value(key, text, rule);
        }
        return value;
    }
}
