package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.sim.world.FleetSimulation;
import dev.counterfoil.sim.world.MacSigners;
import dev.counterfoil.sim.world.RunReport;
import java.nio.ByteBuffer;

/// Runs inside a mutant's class loader and says in plain text what it noticed; empty if nothing.
public final class Probe {

  private Probe() {}

  /// @param scene a [Scene]
  /// @param medium a [Medium]
  public static String day(String scene, String medium, long seed) {
    Scene day = Scene.valueOf(scene);
    RunReport report = FleetSimulation.run(day.swarm(seed), day.scale(), new MacSigners(seed),
        Medium.valueOf(medium).ports());
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
