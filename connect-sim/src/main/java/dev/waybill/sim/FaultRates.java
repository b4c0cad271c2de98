package dev.waybill.sim;

import dev.waybill.UserException;
import dev.waybill.spi.Options;

/// In which share of the calls each fault strikes, each from 0 to 1, all together at most 1.
record FaultRates(
    double throttle,
    double failBefore,
    double failAfter,
    double timeout,
    double drop,
    double half,
    double nonsense) {

  FaultRates {
    if (throttle + failBefore + failAfter + timeout + drop + half + nonsense > 1) {
      throw new UserException(
          "the shares of throttle, fail-before, fail-after, timeout, drop, half and nonsense add up"
              + " to more than 1: lower one of them");
    }
  }

  static FaultRates of(Options options) {
    return new FaultRates(
        share(options, "throttle"),
        share(options, "fail-before"),
        share(options, "fail-after"),
        share(options, "timeout"),
        share(options, "drop"),
        share(options, "half"),
        share(options, "nonsense"));
  }

  static double share(Options options, String name) {
    double share = options.number(name, 0);
    if (share > 1) {
      throw options.bad(name, "takes a share from 0 to 1");
    }
    return share;
  }

  /// The fault for a number in [0, 1).
  Fault at(double draw) {
    double left = draw;
    if ((left -= throttle) < 0) {
      return Fault.THROTTLED;
    }
    if ((left -= failBefore) < 0) {
      return Fault.FAILED_BEFORE;
    }
    if ((left -= failAfter) < 0) {
      return Fault.FAILED_AFTER;
    }
    if ((left -= timeout) < 0) {
      return Fault.TIMED_OUT;
    }
    if ((left -= drop) < 0) {
      return Fault.DROPPED;
    }
    if ((left -= half) < 0) {
      return Fault.HALF_ANSWERED;
    }
    return left < nonsense ? Fault.NONSENSE : Fault.NONE;
  }
}
