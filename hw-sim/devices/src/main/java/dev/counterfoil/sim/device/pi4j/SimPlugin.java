package dev.counterfoil.sim.device.pi4j;

import com.pi4j.context.Context;
import com.pi4j.extension.Plugin;
import com.pi4j.extension.PluginService;
import dev.counterfoil.sim.device.board.BoardProtocol;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pi4J's entry to a simulated board: registers GPIO, I2C and SPI providers that reach the models in the
/// simulator's process over the Unix socket named by the system property `counterfoil.sim.socket`.
///
/// Without the property nothing is registered, so the plug-in may lie on any class path. The board need not
/// run yet when the context starts; using a device does need it.
public final class SimPlugin implements Plugin {
  private static final Logger LOG = LoggerFactory.getLogger(SimPlugin.class);
  /// Above every provider for real hardware: who names a simulated board wants it.
  static final int PRIORITY = 2_000;

  private @Nullable BoardLink link;
  private @Nullable LineEvents events;

  @Override
  public void initialize(PluginService service) {
    String socket = System.getProperty(BoardProtocol.SOCKET_PROPERTY, "");
    if (socket.isEmpty()) {
      LOG.debug("no simulated board: the system property {} is not set", BoardProtocol.SOCKET_PROPERTY);
      return;
    }
    BoardLink board = new BoardLink(Path.of(socket));
    LineEvents edges = new LineEvents(board.address());
    link = board;
    events = edges;
    service.register(new SimDigitalInputProvider(board, edges), new SimDigitalOutputProvider(board),
        new SimI2CProvider(board), new SimSpiProvider(board));
  }

  @Override
  public void shutdown(Context context) {
    LineEvents edges = events;
    if (edges != null) {
      edges.close();
    }
    BoardLink board = link;
    if (board != null) {
      board.close();
    }
  }
}
