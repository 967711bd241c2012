package dev.counterfoil.terminal.line.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// A [Kernel.Memory] where the kernel can see it, with its pointers set.
record NativeCopy(Kernel.Memory original, MemorySegment segment, List<NativeCopy> parts) {

  static NativeCopy of(Kernel.Memory memory, Arena arena) {
    var segment = arena.allocate(memory.bytes().length, Long.BYTES);
    MemorySegment.copy(memory.bytes(), 0, segment, ValueLayout.JAVA_BYTE, 0, memory.bytes().length);
    var parts = memory.pointers().stream().map(pointer -> {
      var part = of(pointer.to(), arena);
      segment.set(ValueLayout.JAVA_LONG_UNALIGNED, pointer.at(), part.address());
      return part;
    }).toList();
    return new NativeCopy(memory, segment, parts);
  }

  long address() {
    return segment.address();
  }

  /// Copies what the kernel left there into the original; the places of pointers stay as they were.
  void takeBack() {
    var bytes = segment.toArray(ValueLayout.JAVA_BYTE);
    original.pointers().forEach(
        pointer -> System.arraycopy(original.bytes(), pointer.at(), bytes, pointer.at(), Long.BYTES));
    System.arraycopy(bytes, 0, original.bytes(), 0, bytes.length);
    parts.forEach(NativeCopy::takeBack);
  }
}
