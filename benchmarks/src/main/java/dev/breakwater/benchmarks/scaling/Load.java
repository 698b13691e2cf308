package dev.breakwater.benchmarks.scaling;

/**
 * Orders a second: quiet, then a rush that grows evenly, stays and ends at once.
 *
 * @param begins second of the rush
 * @param grows for so many seconds
 * @param lasts seconds in all
 */
record Load(double quiet, double rush, int begins, int grows, int lasts) {

    double at(int second) {
        if (second < begins || second >= begins + lasts) {
            return quiet;
        }
        return quiet + (rush - quiet) * Math.min(1, (second - begins + 1.0) / grows);
    }

    int ends() {
        return begins + lasts;
    }

    /** Where the trend of the last five minutes leads to within two, by least squares: {@code predict_linear}. */
    double forecast(int second) {
        var from = Math.max(0, second - 300);
        var count = second - from;
        if (count < 2) {
            return at(second);
        }
        double sumX = 0;
        double sumY = 0;
        double sumXy = 0;
        double sumXx = 0;
        for (var s = from; s < second; s++) {
            double x = s - second;
            sumX += x;
            sumY += at(s);
            sumXy += x * at(s);
            sumXx += x * x;
        }
        var slope = (count * sumXy - sumX * sumY) / (count * sumXx - sumX * sumX);
        return Math.max(0, (sumY - slope * sumX) / count + slope * 120);
    }
}
