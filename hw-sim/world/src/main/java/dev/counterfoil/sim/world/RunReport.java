package dev.counterfoil.sim.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one run found.
///
/// @param taps cards and coins presented
/// @param settledSales sales on the server's books at the end
/// @param drainMillis virtual time from the end of the faults until nothing was left to send
/// @param violation the invariant that broke, null if all held
public record RunReport(long seed, Scale scale, String traceHash, long events, long taps, long approved,
    long declined,
    long settledSales, long drainMillis, Map<FaultKind, Long> faults, List<FaultScript.Line> script,
    Map<NamedState, Long> states, @Nullable RuntimeException violation) {

  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(violation);
  }

  /// One line for a table of seeds.
  public String line(long realMillis) {
    return "seed " + seed + "  taps " + taps + "  approved " + approved + "  declined " + declined
        + "  settled "
        + settledSales + "  events " + events + "  drain " + drainMillis / 1000 + " s  faults "
        + faults.values().stream().mapToLong(Long::longValue).sum() + "  states "
        + states.values().stream().filter(count -> count > 0).count() + "  "
        + (realMillis == 0 ? 0 : taps * 1000 / realMillis) + " taps/s  trace " + traceHash.substring(0, 16)
        + (violation == null ? "" : "  FAILED " + violation.getMessage());
  }

  /// Everything that somebody needs to see this failure again.
  public String story() {
    StringBuilder text = new StringBuilder("seed ").append(seed).append(" at ").append(scale).append('\n');
    failure().ifPresent(broken -> text.append(broken).append('\n'));
    script.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
