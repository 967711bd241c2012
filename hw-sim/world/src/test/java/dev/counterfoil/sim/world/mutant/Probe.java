package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.sim.world.FleetSimulation;
import dev.counterfoil.sim.world.MacSigners;
import dev.counterfoil.sim.world.Ports;
import dev.counterfoil.sim.world.RunReport;
import dev.counterfoil.sim.world.Scale;
import dev.counterfoil.sim.world.Swarm;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/// Runs inside a mutant's class loader and says in plain text what it noticed; empty if nothing.
public final class Probe {

  private Probe() {}

  /// @param forgotten the question that the server's store answers wrongly, empty for none
  public static String day(long seed, String forgotten) {
    Ports ports = forgotten.isEmpty() ? Ports.DIRECT
        : new Ports(UnaryOperator.identity(), store -> BadParts.forgetting(store, forgotten));
    RunReport report = FleetSimulation.run(Swarm.of(seed), new Scale(5, 1, 60, 40), new MacSigners(seed),
        ports);
    return report.failure().map(broken -> String.valueOf(broken.getMessage())).orElse("");
  }

  /// Whether a length beyond the limit passes the header check.
  public static String hugeFrame() {
    ByteBuffer header = ByteBuffer.allocate(8).putShort((short) 0x4346).put((byte) 1).put((byte) 0)
        .putInt(Integer.MAX_VALUE).flip();
    try {
      return "frame limit: a body of " + new FrameCodec(LinkLimits.DEFAULT).bodyLength(header)
          + " bytes is awaited";
    } catch (LinkViolation _) {
      return "";
    }
  }
}
