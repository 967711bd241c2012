package dev.counterfoil.terminal.driver.display;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.ScreenText;

/// One display's surface: what [LiveDisplay] draws on. Threads: one at a time.
public interface Glass extends AutoCloseable {

  /// Shows this and sends no more than what has changed. After a failure nothing is known about the surface, and the
  /// next call sets the display up anew.
  ///
  /// @throws DeviceFaultException if the display did not take all; calling again is safe and repairs it
  void draw(ScreenText text) throws DeviceFaultException, InterruptedException;

  /// Is called while nothing changes, about twice a second: finds out whether the display is still there, and mends
  /// from time to time what nobody reports, such as a bit that fell over on the wire.
  ///
  /// @throws DeviceFaultException if it is not; [#draw] follows until it is back
  void keep() throws DeviceFaultException, InterruptedException;

  /// Releases the wire. Leaves the surface as it is.
  @Override
  default void close() {}
}
