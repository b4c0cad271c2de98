package dev.waybill.bench;

import dev.waybill.bench.SplitRun.Asked;
import java.util.BitSet;

/// Draws a split: the items from left to right, and a bar a call from top to bottom, over the items
/// that it carried. Beside it the same batch by plain halving.
final class SplitPicture {

  private static final int ITEM = 6;
  private static final int ROW = 15;
  private static final int BAR = 11;
  private static final int TOP = 58;
  private static final int MARGIN = 20;
  private static final int COUNT_WIDTH = 56;

  private static final String PASSED = "#4c9a6a";
  private static final String REFUSED = "#e0a458";
  private static final String ALONE = "#c8433c";

  private SplitPicture() {}

  /// The picture as SVG.
  static String of(int size, BitSet bad) {
    SplitRun engine = SplitRun.byEngine(size, bad);
    SplitRun halving = SplitRun.byHalving(size, bad);
    int panel = size * ITEM + COUNT_WIDTH;
    int width = 2 * panel + 3 * MARGIN;
    int rows = Math.max(engine.calls().size(), halving.calls().size());
    int height = TOP + rows * ROW + 44;
    var svg = new StringBuilder(16_384);
    svg.append(
        """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="system-ui, sans-serif" font-size="11">
            """
            .formatted(width, height, width, height));
    svg.append("<title>One split, call by call</title>\n");
    svg.append(
        """
            <rect width="%d" height="%d" fill="#ffffff"/>
            """
            .formatted(width, height));
    panel(svg, engine, MARGIN, "Waybill", rows);
    panel(svg, halving, panel + 2 * MARGIN, "plain halving", rows);
    legend(svg, height - 18);
    return svg.append("</svg>\n").toString();
  }

  private static void panel(StringBuilder svg, SplitRun run, int left, String name, int rows) {
    svg.append(
        """
            <text x="%d" y="24" font-size="14" font-weight="600" fill="#222222">%s: %d calls</text>
            """
            .formatted(left, name, run.calls().size()));
    int bottom = TOP + rows * ROW;
    for (int item = run.bad().nextSetBit(0); item >= 0; item = run.bad().nextSetBit(item + 1)) {
      int middle = left + item * ITEM + ITEM / 2;
      svg.append(
          """
            <path d="M%d 40v%d" stroke="%s" stroke-width="1" stroke-dasharray="2 3"/>
            """
              .formatted(middle, bottom - 40, ALONE));
      svg.append(
          """
            <circle cx="%d" cy="40" r="3" fill="%s"/>
            """
              .formatted(middle, ALONE));
    }
    int top = TOP;
    for (Asked asked : run.calls()) {
      bar(svg, asked, left, top, left + run.size() * ITEM + 8);
      top += ROW;
    }
  }

  private static void bar(StringBuilder svg, Asked asked, int left, int top, int countAt) {
    int size = asked.to() - asked.from();
    svg.append(
        """
            <rect x="%d" y="%d" width="%d" height="%d" rx="1.5" fill="%s"/>
            """
            .formatted(
                left + asked.from() * ITEM,
                top,
                size * ITEM - 1,
                BAR,
                asked.refused() ? size == 1 ? ALONE : REFUSED : PASSED));
    svg.append(
        """
            <text x="%d" y="%d" fill="#555555">%d</text>
            """
            .formatted(countAt, top + BAR - 1, size));
  }

  private static void legend(StringBuilder svg, int y) {
    String[][] entries = {
      {PASSED, "delivered"},
      {REFUSED, "refused: a bad item is in it"},
      {ALONE, "refused alone: rejected, with its own reason"}
    };
    int x = MARGIN;
    for (String[] entry : entries) {
      svg.append(
          """
            <rect x="%d" y="%d" width="11" height="11" rx="1.5" fill="%s"/>
            """
              .formatted(x, y - 10, entry[0]));
      svg.append(
          """
            <text x="%d" y="%d" fill="#222222">%s</text>
            """
              .formatted(x + 16, y, entry[1]));
      x += 40 + entry[1].length() * 6;
    }
  }
}
