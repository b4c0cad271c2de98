package dev.waybill.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// How many calls it takes to find the bad items of a refused batch of 1,000, beside plain halving
/// and the information-theoretic bound.
///
/// Arguments: batches for each number of bad items, and the file for a picture of one split.
public final class Splitting {

  private static final int SIZE = 1_000;
  private static final int[] BAD = {1, 3, 10, 50, 200};
  private static final long SEED = 20261121;

  private Splitting() {}

  public static void main(String[] arguments) throws Exception {
    int batches = Integer.parseInt(arguments[0]);
    System.out.printf(
        "%,d items, %,d batches for each number of bad ones, seed %d%n", SIZE, batches, SEED);
    System.out.println("   bad     engine   +- 95%    halving    bound B  1.1 B + k + 3");
    for (int bad : BAD) {
      print(bad, batches);
    }
    if (arguments.length > 1) {
      var random = new SplittableRandom(SEED);
      Files.writeString(Path.of(arguments[1]), SplitPicture.of(64, SplitRun.places(64, 3, random)));
    }
  }

  private static void print(int bad, int batches) {
    var random = new SplittableRandom(SEED);
    double engine = 0;
    double squares = 0;
    double halving = 0;
    for (int batch = 0; batch < batches; batch++) {
      var places = SplitRun.places(SIZE, bad, random);
      int calls = SplitRun.byEngine(SIZE, places).calls().size();
      engine += calls;
      squares += (double) calls * calls;
      halving += SplitRun.byHalving(SIZE, places).calls().size();
    }
    double mean = engine / batches;
    double error = 1.96 * Math.sqrt((squares / batches - mean * mean) / batches);
    double bits = bits(bad);
    System.out.printf(
        "%6d %10.1f %8.1f %10.1f %10.1f %14.1f%n",
        bad, mean, error, halving / batches, bits, 1.1 * bits + bad + 3);
  }

  /// The binary logarithm of the number of ways in which so many items may be bad: no method that
  /// asks questions of two answers needs fewer on the average.
  private static double bits(int bad) {
    double bits = 0;
    for (int i = 0; i < bad; i++) {
      bits += Math.log((double) (SIZE - i) / (i + 1)) / Math.log(2);
    }
    return bits;
  }
}
