package dev.counterfoil.terminal.line.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A keyboard that the kernel makes for us (linux/uinput.h), so that ours can be told from a real one by nothing.
public final class UserInput implements AutoCloseable {

  private static final Path DEVICES = Path.of("/dev/input");
  private static final long SET_EVENT_TYPE = 0x40045564L;
  private static final long SET_KEY = 0x40045565L;
  private static final long SET_UP = 0x405C5503L;
  private static final long CREATE = 0x5501L;
  private static final int KEYS = 1;
  private static final int ENTER = 28;
  private static final String DIGITS = "1234567890";

  private final Kernel kernel = Kernel.system();
  private final int descriptor;
  private final Path device;

  public UserInput() throws IOException {
    var before = devices();
    descriptor = kernel.open("/dev/uinput", Kernel.Access.BOTH);
    require(kernel.ioctl(descriptor, SET_EVENT_TYPE, KEYS));
    for (int key = 2; key <= ENTER; key++) {
      require(kernel.ioctl(descriptor, SET_KEY, key));
    }
    var setUp = new byte[92];
    var name = "counterfoil test keyboard".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer.wrap(setUp).order(ByteOrder.nativeOrder()).putShort(0, (short) 3).putShort(2, (short) 1)
        .putShort(4, (short) 1).put(8, name);
    require(kernel.ioctl(descriptor, SET_UP, Kernel.Memory.of(setUp)));
    require(kernel.ioctl(descriptor, CREATE, 0));
    var after = devices();
    after.removeAll(before);
    device = Path.of(after.iterator().next());
  }

  private static void require(int answer) {
    if (answer < 0) {
      throw new AssertionError(Errno.name(-answer));
    }
  }

  private static Set<String> devices() throws IOException {
    try (var files = Files.list(DEVICES)) {
      return files.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  public Path device() {
    return device;
  }

  /// Types digits and ENTER.
  public void type(String digits) {
    digits.chars().forEach(digit -> press(DIGITS.indexOf(digit) + 2));
    press(ENTER);
  }

  private void press(int key) {
    event(KEYS, key, 1);
    event(0, 0, 0);
    event(KEYS, key, 0);
    event(0, 0, 0);
  }

  private void event(int type, int code, int value) {
    var bytes = new byte[24];
    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putShort(16, (short) type)
        .putShort(18, (short) code).putInt(20, value);
    require(kernel.write(descriptor, bytes));
  }

  @Override
  public void close() {
    kernel.close(descriptor);
  }
}
