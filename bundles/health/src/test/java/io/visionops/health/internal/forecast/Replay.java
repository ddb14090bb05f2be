package io.visionops.health.internal.forecast;

import java.util.List;

/**
 * Plays a history hour by hour and compares what was said with what came.
 *
 * @param fails whether the camera is dead after the last hour
 * @param claims hours in which it was called likely to fail within a day
 * @param right those of them that were right
 * @param warned how many hours before its death the camera was first called likely to fail, of its
 *     last day; 0 when it was not
 * @param unbroken likewise, when it was so called each hour from then on; 0 when that broke off
 * @param alarms times that a warning began, when the one before was a day ago
 */
record Replay(boolean fails, int claims, int right, int warned, int unbroken, int alarms) {

    private static final int DAY = 24;

    static Replay of(List<Hour> hours, boolean fails) {
        int claims = 0;
        int right = 0;
        int warned = 0;
        int unbroken = 0;
        int alarms = 0;
        int lastClaim = -DAY - 1;
        for (int now = Forecaster.LEAST; now < hours.size(); now++) {
            List<Hour> known = hours.subList(Math.max(0, now - Forecaster.MOST), now);
            boolean likely = Forecaster.judge(known).likely();
            boolean lastDay = now >= hours.size() - DAY;
            if (likely) {
                claims++;
                right += fails && lastDay ? 1 : 0;
                warned = fails && lastDay && warned == 0 ? hours.size() - now : warned;
                alarms += now - lastClaim > DAY ? 1 : 0;
                lastClaim = now;
            }
            if (fails && lastDay && warned > 0) {
                boolean first = warned == hours.size() - now;
                unbroken = likely && (first || unbroken > 0) ? warned : 0;
            }
        }
        return new Replay(fails, claims, right, warned, unbroken, alarms);
    }
}
