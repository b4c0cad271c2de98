package dev.waybill.sim;

/// Numbers that look random and are the same in every life.
final class Hash {

  private Hash() {}

  /// Spreads every bit of `x` over all bits: the finalizer of SplitMix64 (Steele, Lea, Flood: "Fast
  /// Splittable Pseudorandom Number Generators", 2014).
  static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static long mix(long a, long b) {
    return mix(mix(a) ^ b);
  }

  /// 64 bits of a text. Among ten million texts, two are the same with a probability of 3 in a
  /// million.
  static long of(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
      hash ^= hash >>> 29;
    }
    return mix(hash, text.length());
  }

  /// A number in [0, 1).
  static double share(long hash) {
    return (hash >>> 11) * 0x1.0p-53;
  }
}
