package dev.counterfoil.protocol.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Where each field of a record stands. All numbers are big-endian.
///
/// ```
///   0  magic "CFJ1"        4      60  wall_ms      i64
///   4  version u8 = 1             68  boot_ms      u64
///   5  kind u8                    76  anchor_id    u64
///   6  algorithm u8               84  turnover     i64
///   7  time_quality u8            92  amount       i64
///   8  key_id              8     100  prev          32
///  16  terminal_id        16     132  body_len     u32
///  32  epoch_no          u32     136  body
///  36  epoch_nonce         8     136 + body_len  signature 64
///  44  seq               u64
///  52  hw_counter        u64
/// ```
public final class RecordLayout {

  public static final int MAGIC = 0x43464a31;
  public static final int VERSION = 1;

  public static final int KIND_AT = 5;
  public static final int ALGORITHM_AT = 6;
  public static final int TIME_QUALITY_AT = 7;
  public static final int KEY_ID_AT = 8;
  public static final int TERMINAL_AT = 16;
  public static final int EPOCH_NUMBER_AT = 32;
  public static final int EPOCH_NONCE_AT = 36;
  public static final int SEQ_AT = 44;
  public static final int HARDWARE_COUNTER_AT = 52;
  public static final int WALL_MS_AT = 60;
  public static final int BOOT_MS_AT = 68;
  public static final int ANCHOR_AT = 76;
  public static final int TURNOVER_AT = 84;
  public static final int AMOUNT_AT = 92;
  public static final int PREVIOUS_AT = 100;
  public static final int BODY_LENGTH_AT = 132;

  public static final int HEADER_LENGTH = 136;
  public static final int SIGNATURE_LENGTH = 64;

  /// Longest body, refused by the writer and by every reader (journal page, section 1).
  public static final int MAX_BODY_LENGTH = 16 * 1024;

  /// Shortest and longest whole record.
  public static final int MIN_RECORD_LENGTH = HEADER_LENGTH + SIGNATURE_LENGTH;
  public static final int MAX_RECORD_LENGTH = MIN_RECORD_LENGTH + MAX_BODY_LENGTH;

  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class,
      ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class,
      ByteOrder.BIG_ENDIAN);

  private RecordLayout() {}

  static long longAt(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  static int intAt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static void putLong(byte[] bytes, int offset, long value) {
    LONG.set(bytes, offset, value);
  }

  static void putInt(byte[] bytes, int offset, int value) {
    INT.set(bytes, offset, value);
  }
}
