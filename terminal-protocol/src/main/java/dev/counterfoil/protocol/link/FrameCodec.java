package dev.counterfoil.protocol.link;

import com.google.protobuf.CodedInputStream;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.ReasonCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Frames on the wire: `magic u16 = 0x4346 | version u8 = 1 | flags u8 = 0 | length u32 | counterfoil.v1.Frame`,
/// big-endian. Limits are checked on the eight header bytes, before anything is buffered or parsed for the body.
/// Stateless and thread-safe.
public final class FrameCodec {

  public static final int HEADER_LENGTH = 8;
  static final int MAGIC = 0x4346;
  static final int VERSION = 1;

  private final LinkLimits limits;

  public FrameCodec(LinkLimits limits) {
    this.limits = limits;
  }

  /// The frame's bytes, header included.
  ///
  /// @throws IllegalArgumentException if our own frame breaks the limit, which is a defect of the caller
  public byte[] encode(Frame frame) {
    int length = frame.getSerializedSize();
    if (length > limits.maxFrameBytes()) {
      throw new IllegalArgumentException("frame of " + length + " bytes exceeds " + limits.maxFrameBytes());
    }
    byte[] bytes = new byte[HEADER_LENGTH + length];
    ByteBuffer.wrap(bytes).putShort((short) MAGIC).put((byte) VERSION).put((byte) 0).putInt(length)
        .put(frame.toByteArray());
    return bytes;
  }

  /// Takes the next whole frame out of `buffer`, or leaves the buffer untouched when it is not complete yet.
  ///
  /// @throws LinkViolation as soon as the header shows that the frame can never be accepted
  public Optional<Frame> decode(ByteBuffer buffer) throws LinkViolation {
    int length = bodyLength(buffer);
    if (length < 0 || buffer.remaining() < HEADER_LENGTH + length) {
      return Optional.empty();
    }
    ByteBuffer body = buffer.slice(buffer.position() + HEADER_LENGTH, length);
    buffer.position(buffer.position() + HEADER_LENGTH + length);
    return Optional.of(parse(body));
  }

  /// The body length that the header in `buffer` states, -1 while the header is incomplete.
  ///
  /// @throws LinkViolation if the header is not one of ours or the length breaks the limit
  public int bodyLength(ByteBuffer buffer) throws LinkViolation {
    int at = buffer.position();
    int present = buffer.remaining();
    if (present >= 2 && (buffer.getShort(at) & 0xffff) != MAGIC) {
      throw new LinkViolation(ReasonCode.BAD_FRAME_MAGIC, "found " + hex(buffer.getShort(at)));
    }
    if (present >= 3 && buffer.get(at + 2) != VERSION) {
      throw new LinkViolation(ReasonCode.UNSUPPORTED_FRAME_VERSION, "found " + buffer.get(at + 2));
    }
    if (present >= 4 && buffer.get(at + 3) != 0) {
      throw new LinkViolation(ReasonCode.BAD_FRAME_FLAGS, "found " + buffer.get(at + 3));
    }
    if (present < HEADER_LENGTH) {
      return -1;
    }
    long length = Integer.toUnsignedLong(buffer.getInt(at + 4));
    if (length == 0) {
      throw new LinkViolation(ReasonCode.EMPTY_FRAME, "length 0");
    }
    if (length > limits.maxFrameBytes()) {
      throw new LinkViolation(ReasonCode.FRAME_TOO_LARGE, length + " > " + limits.maxFrameBytes());
    }
    return (int) length;
  }

  private Frame parse(ByteBuffer body) throws LinkViolation {
    CodedInputStream in = CodedInputStream.newInstance(body);
    in.setRecursionLimit(limits.maxNesting());
    try {
      Frame frame = Frame.parseFrom(in);
      if (frame.getBodyCase() == Frame.BodyCase.BODY_NOT_SET) {
        throw new LinkViolation(ReasonCode.BAD_MESSAGE, "no known message");
      }
      return frame;
    } catch (IOException e) {
      throw new LinkViolation(ReasonCode.BAD_MESSAGE, String.valueOf(e.getMessage()));
    }
  }

  private static String hex(short value) {
    return Integer.toHexString(value & 0xffff);
  }
}
