package dev.counterfoil.terminal.line.linux;

import java.util.Map;

/// Error numbers of Linux (asm-generic/errno-base.h, errno.h), as far as devices answer them.
public final class Errno {

  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOTTY = 25;
  public static final int EPIPE = 32;
  public static final int EMSGSIZE = 90;
  public static final int EOPNOTSUPP = 95;
  public static final int ESHUTDOWN = 108;
  public static final int ETIMEDOUT = 110;
  public static final int ECONNREFUSED = 111;
  public static final int EREMOTEIO = 121;

  private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(EPERM, "EPERM, not permitted"),
      Map.entry(ENOENT, "ENOENT, no such file"), Map.entry(EINTR, "EINTR, interrupted"),
      Map.entry(EIO, "EIO, the device failed"), Map.entry(ENXIO, "ENXIO, nothing answers there"),
      Map.entry(EAGAIN, "EAGAIN, not now"), Map.entry(EACCES, "EACCES, permission denied"),
      Map.entry(EBUSY, "EBUSY, somebody else has it"), Map.entry(ENODEV, "ENODEV, the device is gone"),
      Map.entry(EINVAL, "EINVAL, the device does not know this"),
      Map.entry(ENOTTY, "ENOTTY, another kind of device"), Map.entry(EPIPE, "EPIPE, nobody listens"),
      Map.entry(EMSGSIZE, "EMSGSIZE, too long"), Map.entry(EOPNOTSUPP, "EOPNOTSUPP, it cannot do this"),
      Map.entry(ESHUTDOWN, "ESHUTDOWN, the device is being removed"),
      Map.entry(ETIMEDOUT, "ETIMEDOUT, the bus hangs"),
      Map.entry(ECONNREFUSED, "ECONNREFUSED, nobody listens"),
      Map.entry(EREMOTEIO, "EREMOTEIO, no acknowledge"));

  private Errno() {}

  /// What a person reads.
  ///
  /// @param error positive number
  public static String name(int error) {
    return NAMES.getOrDefault(error, "error " + error);
  }
}
