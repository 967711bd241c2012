package dev.counterfoil.terminal.line.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The structures and numbers of the kernel's GPIO character device, version 2 (linux/gpio.h). Pure.
///
/// ```
/// gpiochip_info          name[32] label[32] lines:u32                                           68 bytes
/// gpio_v2_line_info      name[32] consumer[32] offset:u32 attributes:u32 flags:u64 ...         256 bytes
/// gpio_v2_line_request   offsets:u32[64] consumer[32] config@256+32 lines:u32@560
///                        event_buffer_size:u32@564 ... fd:s32@588                              592 bytes
/// gpio_v2_line_config    flags:u64 attributes:u32@8 attribute[10]@32, each
///                        id:u32 pad:u32 value:u64 mask:u64                                     272 bytes
/// gpio_v2_line_values    bits:u64 mask:u64                                                      16 bytes
/// gpio_v2_line_event     timestamp_ns:u64 id:u32 offset:u32 seqno:u32 line_seqno:u32 ...        48 bytes
/// ```
///
/// A bit of a mask counts lines within the request, not on the chip; a request of ours has one line, so the mask is 1.
final class GpioUapi {

  static final long CHIP_INFO = 0x8044B401L;
  static final long LINE_INFO = 0xC100B405L;
  static final long REQUEST_LINE = 0xC250B407L;
  static final long SET_CONFIG = 0xC110B40DL;
  static final long GET_VALUES = 0xC010B40EL;
  static final long SET_VALUES = 0xC010B40FL;

  static final int EVENT_LENGTH = 48;

  private static final int CHIP_INFO_LENGTH = 68;
  private static final int LINE_INFO_LENGTH = 256;
  private static final int REQUEST_LENGTH = 592;
  private static final int CONFIG_LENGTH = 272;
  private static final int NAME_LENGTH = 32;
  private static final int CONSUMER = 256;
  private static final int CONFIG = 288;
  private static final int ATTRIBUTES = 8;
  private static final int FIRST_ATTRIBUTE = 32;
  private static final int LINES = 560;
  private static final int EVENT_BUFFER_SIZE = 564;
  private static final int DESCRIPTOR = 588;
  private static final int ATTRIBUTE_VALUES = 2;
  private static final long ONE_LINE = 1;

  private static final long FLAG_USED = 1;
  private static final long FLAG_INPUT = 4;
  private static final long FLAG_OUTPUT = 8;

  private static final int RISING = 1;

  /// A chip's answer about itself.
  record ChipInfo(String name, String label, int lines) {}

  /// @param consumer who has it, as far as the kernel knows; empty if nobody said a name
  record LineInfo(String consumer, boolean used) {}

  /// How a line is used.
  sealed interface Use {

    /// @param high the level from the first moment on
    record Output(boolean high) implements Use {}

    /// @param edges which changes are to be told
    record Input(Pull pull, Edges edges) implements Use {}
  }

  /// Changes of level that the kernel tells.
  ///
  /// With [#BOTH] the kernel reads the line after the interrupt to say which one it was (gpiolib-cdev.c), so of a pulse that
  /// is over by then it tells a rise. Who counts short pulses asks for [#FALLING].
  enum Edges {
    NONE(0), FALLING(32), BOTH(16 | 32);

    private final long flags;

    Edges(long flags) {
      this.flags = flags;
    }
  }

  /// The resistor at an input.
  enum Pull {
    UP(256), DOWN(512), NONE(1_024);

    private final long flag;

    Pull(long flag) {
      this.flag = flag;
    }
  }

  /// A change of level.
  ///
  /// @param nanos    when, on the clock of `System.nanoTime()` (CLOCK_MONOTONIC)
  /// @param sequence counts the changes of this line; a gap means that the kernel dropped some
  record Edge(long nanos, boolean high, int sequence) {}

  private GpioUapi() {}

  static byte[] chipInfo() {
    return new byte[CHIP_INFO_LENGTH];
  }

  static ChipInfo readChipInfo(byte[] answer) {
    return new ChipInfo(text(answer, 0), text(answer, NAME_LENGTH), view(answer).getInt(2 * NAME_LENGTH));
  }

  static byte[] lineInfo(int offset) {
    var bytes = new byte[LINE_INFO_LENGTH];
    view(bytes).putInt(2 * NAME_LENGTH, offset);
    return bytes;
  }

  static LineInfo readLineInfo(byte[] answer) {
    return new LineInfo(text(answer, NAME_LENGTH),
        (view(answer).getLong(2 * NAME_LENGTH + 2 * Integer.BYTES) & FLAG_USED) != 0);
  }

  /// @param events how many changes the kernel keeps for us before it drops the oldest
  static byte[] lineRequest(int offset, String consumer, Use use, int events) {
    var bytes = new byte[REQUEST_LENGTH];
    var view = view(bytes);
    view.putInt(0, offset);
    var name = consumer.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, bytes, CONSUMER, Math.min(name.length, NAME_LENGTH - 1));
    System.arraycopy(config(use), 0, bytes, CONFIG, CONFIG_LENGTH);
    view.putInt(LINES, 1);
    view.putInt(EVENT_BUFFER_SIZE, events);
    return bytes;
  }

  /// The descriptor by which the line is used from now on.
  static int readDescriptor(byte[] answer) {
    return view(answer).getInt(DESCRIPTOR);
  }

  static byte[] config(Use use) {
    var bytes = new byte[CONFIG_LENGTH];
    var view = view(bytes);
    switch (use) {
      case Use.Output(var high) -> {
        view.putLong(0, FLAG_OUTPUT);
        view.putInt(ATTRIBUTES, 1);
        view.putInt(FIRST_ATTRIBUTE, ATTRIBUTE_VALUES);
        view.putLong(FIRST_ATTRIBUTE + 8, high ? ONE_LINE : 0);
        view.putLong(FIRST_ATTRIBUTE + 16, ONE_LINE);
      }
      case Use.Input(var pull, var edges) ->
        view.putLong(0, FLAG_INPUT | pull.flag | edges.flags);
    }
    return bytes;
  }

  static byte[] values(boolean high) {
    var bytes = new byte[2 * Long.BYTES];
    view(bytes).putLong(0, high ? ONE_LINE : 0).putLong(Long.BYTES, ONE_LINE);
    return bytes;
  }

  static boolean readValue(byte[] answer) {
    return (view(answer).getLong(0) & ONE_LINE) != 0;
  }

  /// @param at where the event begins
  static Edge readEvent(byte[] events, int at) {
    var view = view(events);
    return new Edge(view.getLong(at), view.getInt(at + 8) == RISING, view.getInt(at + 20));
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  private static String text(byte[] bytes, int at) {
    int end = at;
    while (end < at + NAME_LENGTH && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, at, end - at, StandardCharsets.UTF_8);
  }
}
