package dev.waybill.server.page.view;

import dev.waybill.server.catalog.CallRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a refused batch was taken apart, as a drawing: each box is a call, below it the calls for
/// its parts.
///
/// @param width of the drawing in pixels
/// @param height likewise
/// @param sentence what it shows
public record SplitTree(int width, int height, List<Box> boxes, List<Link> links, String sentence) {

  private static final int BOX_WIDTH = 76;
  private static final int BOX_HEIGHT = 40;
  private static final int ACROSS = 88;
  private static final int DOWN = 72;

  /// A call.
  ///
  /// @param call its number, for a link to it
  /// @param items how many records it carried
  /// @param range their ordinals
  /// @param look `ok`, `refused`, `bad` (a single record refused) or `other`
  /// @param sign the icon
  public record Box(
      int x,
      int y,
      int width,
      int height,
      long call,
      String items,
      String range,
      String look,
      String sign,
      String label) {}

  /// A line from a call to one of its parts.
  public record Link(String path) {}

  /// A call and the calls for its parts.
  private static final class Node {
    private CallRecord call;
    private int made = 1;
    private final List<Node> parts = new ArrayList<>();
    private double x;

    Node(CallRecord call) {
      this.call = call;
    }

    boolean holds(CallRecord other) {
      return other.first() >= call.first()
          && other.last() <= call.last()
          && other.items() < call.items();
    }

    boolean isSame(CallRecord other) {
      return other.first() == call.first()
          && other.last() == call.last()
          && other.items() == call.items();
    }
  }

  /// The tree below a refused call.
  ///
  /// @param calls those over its records, in the order in which they were made
  /// @return null if nothing is known of its parts
  static @Nullable SplitTree of(CallRecord refused, List<CallRecord> calls) {
    var root = new Node(refused);
    var nodes = new ArrayList<Node>();
    nodes.add(root);
    for (CallRecord call : calls) {
      if (call.number() != refused.number() && within(refused, call)) {
        place(call, nodes);
      }
    }
    if (root.parts.isEmpty()) {
      return null;
    }
    double leaves = spread(root, 0);
    int depth = depth(root);
    var boxes = new ArrayList<Box>();
    var links = new ArrayList<Link>();
    draw(root, 0, boxes, links);
    return new SplitTree(
        (int) Math.ceil(leaves * ACROSS) + 4,
        (depth - 1) * DOWN + BOX_HEIGHT + 4,
        boxes,
        links,
        sentence(nodes));
  }

  private static boolean within(CallRecord whole, CallRecord call) {
    return call.first() >= whole.first()
        && call.last() <= whole.last()
        && !call.kind().equals("verify")
        && call.number() > whole.number();
  }

  /// Below the latest call that carried all of its records and more; a repeated call stays where it
  /// is.
  private static void place(CallRecord call, List<Node> nodes) {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.isSame(call) && node.parts.isEmpty()) {
        node.call = call;
        node.made++;
        return;
      }
      if (node.holds(call)) {
        var part = new Node(call);
        node.parts.add(part);
        nodes.add(part);
        return;
      }
    }
  }

  private static double spread(Node node, double from) {
    if (node.parts.isEmpty()) {
      node.x = from + 0.5;
      return 1;
    }
    node.parts.sort(java.util.Comparator.comparingLong(part -> part.call.first()));
    double width = 0;
    for (Node part : node.parts) {
      width += spread(part, from + width);
    }
    node.x = (node.parts.getFirst().x + node.parts.getLast().x) / 2;
    return width;
  }

  private static int depth(Node node) {
    return 1 + node.parts.stream().mapToInt(SplitTree::depth).max().orElse(0);
  }

  private static void draw(Node node, int level, List<Box> boxes, List<Link> links) {
    int centre = (int) Math.round(node.x * ACROSS) + 2;
    int y = level * DOWN + 2;
    for (Node part : node.parts) {
      int to = (int) Math.round(part.x * ACROSS) + 2;
      int bottom = y + BOX_HEIGHT;
      int middle = bottom + (DOWN - BOX_HEIGHT) / 2;
      links.add(
          new Link(
              "M%d,%dC%d,%d %d,%d %d,%d"
                  .formatted(centre, bottom, centre, middle, to, middle, to, y + DOWN)));
      draw(part, level + 1, boxes, links);
    }
    CallRecord call = node.call;
    boxes.add(
        new Box(
            centre - BOX_WIDTH / 2,
            y,
            BOX_WIDTH,
            BOX_HEIGHT,
            call.number(),
            call.items() == 1 ? "1" : Wording.count(call.items()),
            range(call),
            look(call),
            sign(call),
            label(node)));
  }

  private static String range(CallRecord call) {
    return call.first() == call.last() ? "#" + call.first() : call.first() + "–" + call.last();
  }

  private static String look(CallRecord call) {
    if (call.succeeded()) {
      return "ok";
    }
    boolean refused = call.outcome().equals("refused") || call.outcome().equals("too large");
    return call.items() == 1 && (refused || call.rejected() == 1)
        ? "bad"
        : refused ? "refused" : "other";
  }

  private static String sign(CallRecord call) {
    return switch (look(call)) {
      case "ok" -> "check";
      case "bad" -> "cross";
      case "refused" -> "split";
      default -> "partly";
    };
  }

  private static String label(Node node) {
    CallRecord call = node.call;
    return "Call "
        + call.number()
        + " with "
        + Wording.count(call.items(), "record", "records")
        + " ("
        + range(call)
        + "): "
        + (call.succeeded() ? "accepted" : call.outcome())
        + (node.made > 1 ? ", made " + node.made + " times" : "")
        + (call.reason() == null ? "" : ": " + call.reason());
  }

  private static String sentence(List<Node> nodes) {
    long bad =
        nodes.stream()
            .filter(node -> node.parts.isEmpty() && look(node.call).equals("bad"))
            .count();
    int calls = nodes.stream().mapToInt(node -> node.made).sum();
    CallRecord root = nodes.getFirst().call;
    return "A call with "
        + Wording.count(root.items(), "record", "records")
        + " was refused as a whole. "
        + Wording.count(calls, "call", "calls")
        + " in all found "
        + Wording.count(bad, "record", "records")
        + " at fault"
        + (bad == 0 ? "." : ", and the others went through.");
  }
}
