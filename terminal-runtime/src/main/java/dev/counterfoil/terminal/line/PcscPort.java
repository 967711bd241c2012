package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.DeviceFaultException;
import java.util.List;

/// The PC/SC service of the machine, as a reader's driver needs it: one context that only watches for cards and one that
/// only talks to them, because a watching call blocks all others of its context.
///
/// Faults: `PCSC_ABSENT` when the service or its library is not there or has gone, `PCSC_READER_MISSING` when the reader
/// is not, `PCSC_REFUSED` when another program holds the reader. After any of them [#close()] and [#open()] begin anew;
/// that is always safe.
///
/// Threads: one, except [#cancel()].
public interface PcscPort extends AutoCloseable {

  /// Connects to the service. Does nothing while open.
  void open() throws DeviceFaultException;

  /// Names of all readers, in the service's order.
  List<String> readers() throws DeviceFaultException;

  /// What one look at a reader shows.
  ///
  /// @param state what to hand in again to wait for a change
  /// @param card  whether a card lies there
  /// @param atr   the card's answer to reset, as the reader makes it up for a contactless one; empty without a card
  record Sight(long state, boolean card, byte[] atr) {

    /// Before the first look, which returns at once.
    public static final Sight NOTHING_KNOWN = new Sight(0, false, new byte[0]);
  }

  /// Waits until the reader shows something else than it did, or the time is over.
  ///
  /// @param millis 0 or more
  /// @return what it shows now; the same as before when the time is over
  Sight await(String reader, Sight known, long millis) throws DeviceFaultException;

  /// Begins to talk to the card that lies there, and keeps other programs from doing so.
  ///
  /// @throws CardRefusedException `CARD_REMOVED` if there is none any more
  void connect(String reader) throws CardRefusedException, DeviceFaultException;

  /// Sends one command to the card and returns its answer with the two status bytes.
  ///
  /// @throws CardRefusedException `CARD_REMOVED` if it does not answer
  byte[] transmit(byte[] command) throws CardRefusedException, DeviceFaultException;

  /// Lets the card go. Does nothing when none is held.
  void disconnect();

  /// Ends [#await] early. Any thread.
  void cancel();

  /// Lets go of everything. Idempotent.
  @Override
  void close();
}
