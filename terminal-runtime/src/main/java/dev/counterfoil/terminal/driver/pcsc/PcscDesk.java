package dev.counterfoil.terminal.driver.pcsc;

import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.line.PcscPort;
import dev.counterfoil.terminal.line.PcscPort.Sight;

/// One look at a PC/SC reader and the card on it, for the doctor.
///
/// Threads: the caller's.
public final class PcscDesk {

  private final PcscPort port;
  private final String wanted;
  private String reader = "";
  private Sight sight = Sight.NOTHING_KNOWN;

  /// @param port   closed still; the caller closes it
  /// @param wanted a part of the reader's name, or its number
  public PcscDesk(PcscPort port, String wanted) {
    this.port = port;
    this.wanted = wanted;
  }

  /// Connects to the service and finds the reader; its whole name.
  public String find() throws DeviceFaultException {
    port.open();
    reader = PcscReaders.choose(wanted, port.readers());
    return "PC/SC reader " + reader;
  }

  /// Whether a card lies there, in words.
  public String look() throws DeviceFaultException {
    sight = port.await(reader, Sight.NOTHING_KNOWN, 0);
    return sight.card() ? "looked for cards, found one" : "looked for cards, field is empty";
  }

  /// Whether [#look()] saw a card.
  public boolean hasCard() {
    return sight.card();
  }

  /// The conversation with that card.
  public CardChannel card() throws CardRefusedException, DeviceFaultException {
    return PcscChannel.open(port, reader, sight.atr());
  }
}
