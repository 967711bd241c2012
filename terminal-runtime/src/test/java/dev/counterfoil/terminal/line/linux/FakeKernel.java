package dev.counterfoil.terminal.line.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A kernel with GPIO chips, an I2C bus, an SPI bus and a watchdog, written from the kernel's headers. Fails the test on a request that it
/// does not know and on a descriptor that is not open.
final class FakeKernel implements Kernel {

  /// A line of a chip.
  static final class Line {
    String consumer = "";
    long flags;
    long value = 1;
    int sequence;
  }

  static final class Chip {
    final String label;
    final List<Line> lines = new ArrayList<>();
    boolean gone;

    Chip(String label, int count) {
      this.label = label;
      for (int i = 0; i < count; i++) {
        lines.add(new Line());
      }
    }
  }

  private static final class Opened {
    final String path;
    int line = -1;
    final Deque<byte[]> events = new ArrayDeque<>();
    boolean awake;

    Opened(String path) {
      this.path = path;
    }
  }

  final Map<String, Chip> chips = new TreeMap<>();
  final Map<String, Integer> openErrors = new TreeMap<>();
  final List<String> transfers = new ArrayList<>();
  long i2cFunctions = I2cUapi.FUNC_I2C;
  int interruptions;
  int failNext;
  int bootStatus;
  private final Map<Integer, Opened> open = new TreeMap<>();
  private int next = 3;

  synchronized List<String> openFiles() {
    return open.values().stream().map(file -> file.path + (file.line < 0 ? "" : " line " + file.line))
        .toList();
  }

  synchronized Line line(String path, int offset) {
    return chip(path).lines.get(offset);
  }

  private Chip chip(String path) {
    var chip = chips.get(path);
    if (chip == null) {
      throw new AssertionError("no chip " + path);
    }
    return chip;
  }

  /// Edges on lines, told to whoever holds them; those of one call are there at once.
  synchronized void edges(String path, List<Edge> edges) {
    for (var edge : edges) {
      for (var file : open.values()) {
        if (file.path.equals(path) && file.line == edge.offset()) {
          var line = chip(path).lines.get(edge.offset());
          line.value = edge.rises() ? 1 : 0;
          boolean wanted = (line.flags & (edge.rises() ? 16 : 32)) != 0;
          if (wanted) {
            file.events.add(event(edge, ++line.sequence));
          }
        }
      }
    }
    notifyAll();
  }

  record Edge(int offset, boolean rises, long nanos) {}

  private static byte[] event(Edge edge, int sequence) {
    var bytes = new byte[48];
    view(bytes).putLong(0, edge.nanos()).putInt(8, edge.rises() ? 1 : 2).putInt(12, edge.offset())
        .putInt(16, sequence).putInt(20, sequence);
    return bytes;
  }

  /// The chip is pulled: reads of its lines end, everything else is refused.
  synchronized void pull(String path) {
    chip(path).gone = true;
    openErrors.put(path, Errno.ENOENT);
    notifyAll();
  }

  synchronized void plugIn(String path) {
    chips.put(path, new Chip(chip(path).label, chip(path).lines.size()));
    openErrors.remove(path);
  }

  @Override
  public synchronized int open(String path, Access access) {
    if (openErrors.containsKey(path)) {
      return -openErrors.get(path);
    }
    if (!chips.containsKey(path)
        && !List.of("/dev/i2c-1", "/dev/spidev0.0", "/dev/watchdog").contains(path)) {
      return -Errno.ENOENT;
    }
    return add(new Opened(path));
  }

  private int add(Opened file) {
    open.put(next, file);
    return next++;
  }

  private Opened file(int descriptor) {
    var file = open.get(descriptor);
    if (file == null) {
      throw new AssertionError("descriptor " + descriptor + " is not open");
    }
    return file;
  }

  @Override
  public synchronized int ioctl(int descriptor, long request, long argument) {
    var file = file(descriptor);
    if (request != 0x0703) {
      throw new AssertionError(file.path + " does not know " + Long.toHexString(request));
    }
    return argument == 0x68 ? -Errno.EBUSY : 0;
  }

  @Override
  public synchronized int ioctl(int descriptor, long request, Memory argument) {
    var file = file(descriptor);
    if (interruptions > 0) {
      interruptions--;
      return -Errno.EINTR;
    }
    if (failNext != 0) {
      int error = failNext;
      failNext = 0;
      return -error;
    }
    if (file.path.startsWith("/dev/gpiochip")) {
      return chip(file.path).gone ? -Errno.ENODEV : gpio(file, request, argument.bytes());
    }
    if (file.path.equals("/dev/watchdog")) {
      return watchdog(request, view(argument.bytes()));
    }
    return file.path.startsWith("/dev/i2c") ? i2c(request, argument) : spi(request, argument);
  }

  private int gpio(Opened file, long request, byte[] bytes) {
    var chip = chip(file.path);
    var view = view(bytes);
    return switch (Math.toIntExact(request & 0xFFFF)) {
      case 0xB401 -> {
        text(bytes, 0, file.path.substring(5));
        text(bytes, 32, chip.label);
        view.putInt(64, chip.lines.size());
        yield 0;
      }
      case 0xB405 -> {
        var line = chip.lines.get(view.getInt(64));
        text(bytes, 32, line.consumer);
        view.putLong(72, line.consumer.isEmpty() ? 0 : 1);
        yield 0;
      }
      case 0xB407 -> request(file, chip, bytes);
      case 0xB40D -> {
        chip.lines.get(file.line).flags = view.getLong(0);
        yield 0;
      }
      case 0xB40E -> {
        view.putLong(0, chip.lines.get(file.line).value);
        yield 0;
      }
      case 0xB40F -> {
        var line = chip.lines.get(file.line);
        if ((line.flags & 8) == 0) {
          yield -Errno.EPERM;
        }
        line.value = view.getLong(0) & 1;
        yield 0;
      }
      default -> throw new AssertionError("no GPIO request " + Long.toHexString(request));
    };
  }

  private int request(Opened file, Chip chip, byte[] bytes) {
    var view = view(bytes);
    assertThat(view.getInt(560) == 1, "one line");
    var line = chip.lines.get(view.getInt(0));
    if (!line.consumer.isEmpty()) {
      return -Errno.EBUSY;
    }
    line.consumer = new String(bytes, 256, 11, StandardCharsets.US_ASCII);
    line.flags = view.getLong(288);
    if (view.getInt(288 + 8) == 1) {
      assertThat(view.getInt(288 + 32) == 2 && view.getLong(288 + 48) == 1, "an output's first level");
      line.value = view.getLong(288 + 40);
    }
    var held = new Opened(file.path);
    held.line = view.getInt(0);
    view.putInt(588, add(held));
    return 0;
  }

  /// Requests by their C definition: direction, length of an int, letter W, number.
  private int watchdog(long request, ByteBuffer number) {
    if (request == (2L << 30 | 4 << 16 | 'W' << 8 | 2)) {
      number.putInt(0, bootStatus);
    } else if (request == (2L << 30 | 4 << 16 | 'W' << 8 | 5)) {
      transfers.add("watchdog alive");
    } else if (request == (3L << 30 | 4 << 16 | 'W' << 8 | 6)) {
      transfers.add("watchdog time " + number.getInt(0));
    } else {
      throw new AssertionError("no watchdog request " + Long.toHexString(request));
    }
    return 0;
  }

  private int i2c(long request, Memory argument) {
    return switch (Math.toIntExact(request)) {
      case 0x0705 -> {
        view(argument.bytes()).putLong(0, i2cFunctions);
        yield 0;
      }
      case 0x0707 -> {
        assertThat((i2cFunctions & 1) != 0, "plain transfers only where the adapter has them");
        transfer(argument);
        yield 0;
      }
      case 0x0720 -> {
        smbus(argument);
        yield 0;
      }
      default -> throw new AssertionError("no I2C request " + Long.toHexString(request));
    };
  }

  private void transfer(Memory argument) {
    var messages = argument.pointers().getFirst().to();
    assertThat(argument.pointers().getFirst().at() == 0, "messages at 0");
    var words = new ArrayList<String>();
    for (int i = 0; i < view(argument.bytes()).getInt(8); i++) {
      var view = view(messages.bytes());
      var buffer = messages.pointers().get(i);
      assertThat(buffer.at() == 16 * i + 8, "buffer behind its message");
      assertThat(view.getShort(16 * i + 4) == buffer.to().bytes().length, "the buffer's length");
      words.add((view.getShort(16 * i + 2) == 1 ? "r" : "w")
          + HexFormat.of().toHexDigits((byte) view.getShort(16 * i)) + ":"
          + answered(view.getShort(16 * i + 2) == 1, buffer.to().bytes()));
    }
    transfers.add(String.join(" ", words));
  }

  /// What is read is 1, 2, 3 and so on.
  private static String answered(boolean reads, byte[] bytes) {
    for (int i = 0; reads && i < bytes.length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return HexFormat.of().formatHex(bytes);
  }

  private void smbus(Memory argument) {
    var head = view(argument.bytes());
    var data = argument.pointers().getFirst().to().bytes();
    assertThat(argument.pointers().getFirst().at() == 8 && data.length == 34, "data of 34 bytes");
    boolean reads = head.get(0) == 1;
    int size = head.getInt(4);
    int from = size == 8 ? 1 : 0;
    int count = size == 8 ? data[0] : size == 1 && !reads ? 0 : 1;
    var part = new byte[count];
    System.arraycopy(data, from, part, 0, count);
    String told = answered(reads, part);
    System.arraycopy(part, 0, data, from, count);
    transfers.add((reads ? "smbus read " : "smbus write ") + size + " "
        + HexFormat.of().toHexDigits(head.get(1)) + ":" + told);
  }

  private int spi(long request, Memory argument) {
    if (request == 0x40206B00L) {
      var view = view(argument.bytes());
      var sent = argument.pointers().getFirst().to().bytes();
      var received = argument.pointers().getLast().to().bytes();
      assertThat(argument.pointers().getFirst().at() == 0 && argument.pointers().getLast().at() == 8
          && view.getInt(16) == sent.length && view.get(26) == 8, "one transfer of bytes");
      transfers.add("spi " + view.getInt(20) + " Hz " + HexFormat.of().formatHex(sent));
      for (int i = 0; i < sent.length; i++) {
        received[i] = (byte) ~sent[i];
      }
      return sent.length;
    }
    transfers.add("spi set " + Long.toHexString(request) + " " + HexFormat.of().formatHex(argument.bytes()));
    return 0;
  }

  @Override
  public synchronized int poll(int[] descriptors, boolean[] ready, long timeoutMillis) {
    while (true) {
      int found = 0;
      for (int i = 0; i < descriptors.length; i++) {
        var file = file(descriptors[i]);
        boolean broken = file.line >= 0 && chip(file.path).gone;
        ready[i] = file.awake || !file.events.isEmpty() || broken;
        found += ready[i] ? 1 : 0;
      }
      if (found > 0 || timeoutMillis == 0) {
        return found;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        throw new AssertionError("a call into the kernel is not interrupted", e);
      }
    }
  }

  @Override
  public synchronized int read(int descriptor, byte[] into) {
    var file = file(descriptor);
    if (file.path.equals("eventfd")) {
      file.awake = false;
      return 8;
    }
    if (file.events.isEmpty()) {
      return chip(file.path).gone ? -Errno.ENODEV : -Errno.EAGAIN;
    }
    // One at a time: whoever wants the others has to ask again.
    var event = file.events.remove();
    System.arraycopy(event, 0, into, 0, event.length);
    return event.length;
  }

  @Override
  public synchronized int write(int descriptor, byte[] bytes) {
    if (file(descriptor).path.equals("/dev/watchdog")) {
      transfers.add("watchdog write " + HexFormat.of().formatHex(bytes));
      return bytes.length;
    }
    assertThat(file(descriptor).path.equals("eventfd") && bytes.length == 8, "a wake-up call");
    file(descriptor).awake = true;
    notifyAll();
    return 8;
  }

  @Override
  public synchronized int wakeUpCall() {
    return add(new Opened("eventfd"));
  }

  @Override
  public int datagram(byte[] address, byte[] bytes) {
    throw new AssertionError("no datagrams here");
  }

  @Override
  public synchronized int close(int descriptor) {
    var file = file(descriptor);
    open.remove(descriptor);
    if (file.line >= 0) {
      chip(file.path).lines.get(file.line).consumer = "";
    }
    return 0;
  }

  private static void assertThat(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("expected " + what);
    }
  }

  private static void text(byte[] bytes, int at, String text) {
    var ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, bytes, at, ascii.length);
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
