package dev.counterfoil.terminal.line;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// PC/SC by pcsc-lite, on 64-bit Linux, where its LONG and DWORD have eight bytes.
///
/// ```
/// SCARD_READERSTATE   name(8) user(8) current state(8) event state(8) length of ATR(8) ATR(33), filled up to 80 bytes
/// SCARD_IO_REQUEST    protocol(8) length(8)
/// ```
/// Source: pcsclite.h and winscard.h of pcsc-lite 1.9. Why not `javax.smartcardio`: ADR 0024.
public final class PcscLite implements PcscPort {

  private static final String DEVICE = "PC/SC";

  private static final long SCOPE_SYSTEM = 2;
  private static final long SHARE_EXCLUSIVE = 1;
  private static final long ANY_PROTOCOL = 3;
  private static final long LEAVE_CARD = 0;

  private static final int STATE_BYTES = 80;
  private static final int STATE_CURRENT = 16;
  private static final int STATE_EVENT = 24;
  private static final int STATE_ATR_LENGTH = 32;
  private static final int STATE_ATR = 40;
  private static final int MOST_ATR = 33;
  private static final long CHANGED = 0x02;
  private static final long UNKNOWN = 0x04;
  private static final long UNAVAILABLE = 0x08;
  private static final long PRESENT = 0x20;
  private static final long MUTE = 0x200;

  private static final int STATUS_BYTES = 2;
  private static final int LONGEST_ANSWER = 65_538;

  private @Nullable PcscLibrary library;
  private long watching;
  private long talking;
  private long card;
  private long protocol;
  private boolean open;
  private boolean connected;

  @Override
  public synchronized void open() throws DeviceFaultException {
    if (open) {
      return;
    }
    var calls = library();
    watching = establish(calls);
    try {
      talking = establish(calls);
    } catch (DeviceFaultException e) {
      calls.releaseContext(watching);
      throw e;
    }
    open = true;
  }

  private PcscLibrary library() throws DeviceFaultException {
    if (library == null) {
      library = PcscLibrary.load()
          .orElseThrow(() -> fault(FaultCode.PCSC_ABSENT, "libpcsclite.so.1 is not there"));
    }
    return library;
  }

  private static long establish(PcscLibrary calls) throws DeviceFaultException {
    try (var arena = Arena.ofConfined()) {
      var context = arena.allocate(JAVA_LONG);
      require(calls.establishContext(SCOPE_SYSTEM, context), "connecting to pcscd");
      return context.get(JAVA_LONG, 0);
    }
  }

  @Override
  public List<String> readers() throws DeviceFaultException {
    try (var arena = Arena.ofConfined()) {
      var length = arena.allocate(JAVA_LONG);
      long code = library().listReaders(talking, MemorySegment.NULL, length);
      if (code == PcscCode.NO_READERS) {
        return List.of();
      }
      require(code, "listing readers");
      var names = arena.allocate(length.get(JAVA_LONG, 0));
      code = library().listReaders(talking, names, length);
      if (code == PcscCode.NO_READERS) {
        return List.of();
      }
      require(code, "listing readers");
      return split(names.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE));
    }
  }

  /// Each name ends with a zero byte, the list with another one.
  private static List<String> split(byte[] names) {
    var all = new ArrayList<String>();
    for (String name : new String(names, StandardCharsets.UTF_8).split("\0")) {
      if (!name.isEmpty()) {
        all.add(name);
      }
    }
    return List.copyOf(all);
  }

  @Override
  public Sight await(String reader, Sight known, long millis) throws DeviceFaultException {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE_BYTES, 8);
      state.set(ADDRESS, 0, arena.allocateFrom(reader));
      state.set(JAVA_LONG, STATE_CURRENT, known.state());
      long code = library().getStatusChange(watching, millis, state);
      if (code == PcscCode.TIMEOUT || code == PcscCode.CANCELLED) {
        return known;
      }
      if (code != PcscCode.OK) {
        throw fault(PcscCode.faultWatching(code), "watching " + reader + ": " + PcscCode.text(code));
      }
      long event = state.get(JAVA_LONG, STATE_EVENT);
      if ((event & (UNKNOWN | UNAVAILABLE)) != 0) {
        throw fault(FaultCode.PCSC_READER_MISSING, reader + " is gone");
      }
      boolean there = (event & PRESENT) != 0 && (event & MUTE) == 0;
      return new Sight(event & ~CHANGED, there, there ? atr(state) : new byte[0]);
    }
  }

  private static byte[] atr(MemorySegment state) {
    long length = Math.clamp(state.get(JAVA_LONG, STATE_ATR_LENGTH), 0, MOST_ATR);
    return state.asSlice(STATE_ATR, length).toArray(JAVA_BYTE);
  }

  @Override
  public void connect(String reader) throws CardRefusedException, DeviceFaultException {
    disconnect();
    try (var arena = Arena.ofConfined()) {
      var handle = arena.allocate(JAVA_LONG);
      var active = arena.allocate(JAVA_LONG);
      requireCard(
          library().connect(talking, arena.allocateFrom(reader), SHARE_EXCLUSIVE, ANY_PROTOCOL, handle,
              active),
          "connecting to the card");
      card = handle.get(JAVA_LONG, 0);
      protocol = active.get(JAVA_LONG, 0);
      connected = true;
    }
  }

  @Override
  public byte[] transmit(byte[] command) throws CardRefusedException, DeviceFaultException {
    try (var arena = Arena.ofConfined()) {
      var request = arena.allocate(2 * JAVA_LONG.byteSize(), 8);
      request.set(JAVA_LONG, 0, protocol);
      request.set(JAVA_LONG, JAVA_LONG.byteSize(), 2 * JAVA_LONG.byteSize());
      var answer = arena.allocate(LONGEST_ANSWER);
      var length = arena.allocate(JAVA_LONG);
      length.set(JAVA_LONG, 0, LONGEST_ANSWER);
      requireCard(
          library().transmit(card, request, arena.allocateFrom(JAVA_BYTE, command), command.length, answer,
              length),
          "talking to the card");
      return whole(answer.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE));
    }
  }

  /// Some readers answer with nothing at all for a card that has just gone.
  private static byte[] whole(byte[] answer) throws CardRefusedException {
    if (answer.length < STATUS_BYTES) {
      throw new CardRefusedException(CardRefusal.CARD_REMOVED, "an answer of " + answer.length + " bytes");
    }
    return answer;
  }

  @Override
  public void disconnect() {
    if (connected && library != null) {
      connected = false;
      // Whatever it says, the handle is worth nothing afterwards. Not by a reset, which makes some readers look for the
      // card anew, as if it had been lifted.
      library.disconnect(card, LEAVE_CARD);
    }
  }

  @Override
  public synchronized void cancel() {
    if (open && library != null) {
      library.cancel(watching);
    }
  }

  @Override
  public synchronized void close() {
    if (open && library != null) {
      open = false;
      disconnect();
      library.releaseContext(talking);
      library.releaseContext(watching);
    }
  }

  private static void requireCard(long code, String what) throws CardRefusedException, DeviceFaultException {
    if (PcscCode.isCardGone(code)) {
      throw new CardRefusedException(CardRefusal.CARD_REMOVED, what + ": " + PcscCode.text(code));
    }
    require(code, what);
  }

  private static void require(long code, String what) throws DeviceFaultException {
    if (code != PcscCode.OK) {
      throw fault(PcscCode.fault(code), what + ": " + PcscCode.text(code));
    }
  }

  private static DeviceFaultException fault(FaultCode code, String detail) {
    return new DeviceFaultException(new DeviceFault(code, DEVICE, detail));
  }
}
