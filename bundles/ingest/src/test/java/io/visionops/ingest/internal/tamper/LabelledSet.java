package io.visionops.ingest.internal.tamper;

import io.visionops.api.camera.Cause;
import java.util.ArrayList;
import java.util.List;

/** What the labelled set shows, whatever the scene. Everything begins at {@link Scenario#ONSET}. */
final class LabelledSet {

    private static final int LONG = Scenario.ONSET + 75;
    private static final int SHORT = Scenario.ONSET + 32;

    /**
     * Noise of a small sensor by day, before anything else: without it nothing is like a camera.
     */
    private static final String SENSOR = "noise=alls=5:allf=t";

    private static final String NOW = "enable='gte(t," + Scenario.ONSET + ")'";

    /** For a minute. */
    private static final String FREEZE =
            ",loop=loop=300:size=1:start=" + Scenario.ONSET * Footage.FPS + ",setpts=N/5/TB";

    private LabelledSet() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(frozen());
        all.addAll(black());
        all.addAll(blurred());
        all.addAll(moved());
        all.addAll(well());
        return all;
    }

    private static List<Scenario> frozen() {
        return List.of(
                Scenario.fault(Cause.FROZEN, "frozen", LONG, SENSOR + FREEZE),
                Scenario.fault(Cause.FROZEN, "frozen at night", LONG, night(0.15, 14) + FREEZE));
    }

    private static List<Scenario> black() {
        return List.of(
                Scenario.fault(
                        Cause.BLACK,
                        "black signal",
                        SHORT,
                        SENSOR + ",lutyuv=y=16:u=128:v=128:" + NOW),
                Scenario.fault(
                        Cause.BLACK,
                        "lens covered, noise",
                        SHORT,
                        "gblur=sigma=90:"
                                + NOW
                                + ",lutyuv=y='16+(val-16)*0.05':u=128:v=128:"
                                + NOW
                                + ",noise=alls=12:allf=t:"
                                + NOW),
                Scenario.fault(
                        Cause.BLACK,
                        "hand on the lens, bright",
                        SHORT,
                        "gblur=sigma=90:"
                                + NOW
                                + ",lutyuv=y='90+(val-110)*0.15':"
                                + NOW
                                + ","
                                + SENSOR));
    }

    private static List<Scenario> blurred() {
        List<Scenario> all = new ArrayList<>();
        for (int sigma : new int[] {3, 5, 8, 12, 20}) {
            all.add(
                    Scenario.fault(
                            Cause.BLURRED,
                            "defocus " + sigma,
                            LONG,
                            "gblur=sigma=" + sigma + ":" + NOW + "," + SENSOR));
        }
        return all;
    }

    private static List<Scenario> moved() {
        List<Scenario> all = new ArrayList<>();
        all.add(shift(0.03, 0));
        all.add(shift(0, 0.03));
        all.add(shift(0.05, 0.02));
        all.add(shift(-0.1, 0.04));
        all.add(shift(0.1, 0.1));
        all.add(shift(0.2, 0));
        all.add(turn(3));
        all.add(turn(-6));
        all.add(
                Scenario.fault(
                        Cause.MOVED,
                        "turned away",
                        LONG,
                        cropped(from("0.5", "0"), "0.25", 0.5) + "," + SENSOR));
        return all;
    }

    /** The view of a camera that sees two thirds of the scene and is pushed. */
    private static Scenario shift(double x, double y) {
        String filter =
                cropped(
                        from(String.valueOf(0.165 + 0.67 * x), "0.165"),
                        from(String.valueOf(0.165 + 0.67 * y), "0.165"),
                        0.67);
        return Scenario.fault(
                Cause.MOVED,
                "shifted " + Math.round(x * 100) + "/" + Math.round(y * 100) + " %",
                LONG,
                filter + "," + SENSOR);
    }

    private static Scenario turn(int degrees) {
        return Scenario.fault(
                Cause.MOVED,
                "turned " + degrees + " degrees",
                LONG,
                "rotate=a='"
                        + from(degrees + "*PI/180", "0")
                        + "',"
                        + cropped("0.165", "0.165", 0.67)
                        + ","
                        + SENSOR);
    }

    private static String from(String after, String before) {
        return "if(gte(t," + Scenario.ONSET + ")," + after + "," + before + ")";
    }

    private static String cropped(String x, String y, double share) {
        return "crop=w=trunc(iw*%1$s/2)*2:h=trunc(ih*%1$s/2)*2:x='iw*(%2$s)':y='ih*(%3$s)':exact=1"
                .formatted(share, x, y);
    }

    private static String night(double light, int noise) {
        return "lutyuv=y='18+(val-16)*" + light + "':u=128:v=128,noise=alls=" + noise + ":allf=t";
    }

    private static List<Scenario> well() {
        List<Scenario> all = new ArrayList<>();
        all.add(Scenario.well("plain", LONG, SENSOR));
        all.add(
                Scenario.well(
                        "night falls",
                        LONG,
                        SENSOR
                                + ",lutyuv=y='18+(val-16)*0.15':u=128:v=128:"
                                + NOW
                                + ",noise=alls=14:allf=t:"
                                + NOW));
        all.add(Scenario.well("fog", LONG, "lutyuv=y='150+(val-128)*0.25':" + NOW + "," + SENSOR));
        all.add(
                Scenario.well(
                        "nothing happens",
                        LONG,
                        "loop=loop=-1:size=1:start=0,setpts=N/5/TB," + SENSOR));
        all.add(
                Scenario.well(
                        "nothing happens, little noise",
                        LONG,
                        "loop=loop=-1:size=1:start=0,setpts=N/5/TB,noise=alls=2:allf=t"));
        all.add(
                Scenario.well(
                        "light off and on",
                        LONG,
                        SENSOR
                                + ",lutyuv=y='16+(val-16)*0.3':enable='gte(mod(t,40),12)*lt(mod(t,40),30)'"));
        all.add(
                Scenario.well(
                        "headlights",
                        LONG,
                        "null[s];color=white:s=200x120:r=5,format=yuva420p,"
                                + "geq=lum=255:cb=128:cr=128:a='255*exp(-pow(hypot(X-100,Y-60)/45,2))'[h];"
                                + "[s]lutyuv=y='16+(val-16)*0.3'[n];"
                                + "[n][h]overlay=x='mod(t*130,W+400)-200':y='H*0.5':shortest=1,"
                                + SENSOR));
        all.add(
                Scenario.well(
                        "rain",
                        LONG,
                        "null[s];color=gray:s=640x480:r=5,noise=alls=100:allf=t,"
                                + "lutyuv=y='if(gt(val,165),190,16)':u=128:v=128,avgblur=sizeX=1:sizeY=9[r];"
                                + "[s][r]scale2ref[a][b];[b][a]scale2ref[r2][s2];"
                                + "[s2][r2]blend=all_mode=screen:shortest=1:all_opacity=0.6,"
                                + SENSOR));
        all.add(
                Scenario.well(
                        "truck for 20 s",
                        LONG,
                        "null[s];testsrc2=s=400x400:r=5,lutyuv=u=128:v=128[t];"
                                + "[s][t]overlay=x='if(between(t,40,60),0,-1000)':y=30:shortest=1,"
                                + SENSOR));
        all.add(
                Scenario.well(
                        "auto exposure pumps",
                        LONG,
                        SENSOR + ",lutyuv=y='clip(val*1.4+10,16,235)':enable='lt(mod(t,5),2)'"));
        all.add(
                Scenario.well(
                        "infrared",
                        LONG,
                        "hue=s=0:"
                                + NOW
                                + ",lutyuv=y='clip((val-60)*1.5+30,16,235)':"
                                + NOW
                                + ",noise=alls=10:allf=t"));
        all.add(
                Scenario.well(
                        "wind",
                        LONG,
                        "crop=w=iw-16:h=ih-16:x='8+3*sin(t*5)':y='8+2*sin(t*7.3)'," + SENSOR));
        return all;
    }
}
