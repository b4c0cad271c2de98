package dev.waybill.server.page.view;

import dev.waybill.server.catalog.CallRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a refused batch was taken apart, as a drawing: each box is a call, below it the calls for
/// its parts.
///
/// @param width of the drawing in pixels
/// @param height likewise
/// @param root where the middle of the topmost box is, from the left
/// @param sentence what it shows
public record SplitTree(
    int width, int height, int root, List<Box> boxes, List<Link> links, String sentence) {

  private static final int BOX_WIDTH = 76;
  private static final int BOX_HEIGHT = 40;
  private static final int ACROSS = 84;
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
    sort(root);
    Outline outline = spread(root);
    move(root, outline.leftmost());
    var boxes = new ArrayList<Box>();
    var links = new ArrayList<Link>();
    draw(root, 0, boxes, links);
    return new SplitTree(
        (int) Math.ceil((outline.rightmost() - outline.leftmost() + 1) * ACROSS) + 4,
        (outline.depth() - 1) * DOWN + BOX_HEIGHT + 4,
        centre(root),
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

  private static void sort(Node node) {
    node.parts.sort(Comparator.comparingLong(part -> part.call.first()));
    node.parts.forEach(SplitTree::sort);
  }

  /// Puts the parts of a call as close beside each other as their own parts allow, and the call in
  /// the middle above them; all places are relative to the call's own.
  private static Outline spread(Node node) {
    var outline = new Outline();
    for (Node part : node.parts) {
      outline.add(spread(part), part);
    }
    if (!node.parts.isEmpty()) {
      outline.centre(node.parts);
    }
    return outline.below();
  }

  /// From places relative to the call above to places from the left.
  private static void move(Node node, double left) {
    node.x -= left;
    double own = node.x;
    node.parts.forEach(part -> move(part, -own));
  }

  /// How far a part of the tree reaches on each level, in columns from its topmost call.
  private static final class Outline {
    private final List<Double> left = new ArrayList<>();
    private final List<Double> right = new ArrayList<>();

    void add(Outline part, Node node) {
      double shift = 0;
      for (int i = 0; i < Math.min(right.size(), part.left.size()); i++) {
        shift = Math.max(shift, right.get(i) + 1 - part.left.get(i));
      }
      node.x = shift;
      for (int i = 0; i < part.left.size(); i++) {
        if (i < right.size()) {
          right.set(i, part.right.get(i) + shift);
        } else {
          left.add(part.left.get(i) + shift);
          right.add(part.right.get(i) + shift);
        }
      }
    }

    void centre(List<Node> parts) {
      double middle = (parts.getFirst().x + parts.getLast().x) / 2;
      parts.forEach(part -> part.x -= middle);
      left.replaceAll(x -> x - middle);
      right.replaceAll(x -> x - middle);
    }

    Outline below() {
      left.addFirst(0.0);
      right.addFirst(0.0);
      return this;
    }

    double leftmost() {
      return left.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    double rightmost() {
      return right.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    int depth() {
      return left.size();
    }
  }

  private static int centre(Node node) {
    return (int) Math.round((node.x + 0.5) * ACROSS) + 2;
  }

  private static void draw(Node node, int level, List<Box> boxes, List<Link> links) {
    int centre = centre(node);
    int y = level * DOWN + 2;
    for (Node part : node.parts) {
      int to = centre(part);
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
