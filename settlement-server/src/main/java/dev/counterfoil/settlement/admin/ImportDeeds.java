package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.imports.Planned;
import dev.counterfoil.settlement.imports.Progress;

/// Takes files of accounts and of another system's sales over.
public interface ImportDeeds {

  /// Reads, checks and, unless it is a dry run, books a file as a whole. Repeating is safe: what was imported before is
  /// counted and not booked again.
  ///
  /// @param progress told now and then, on the calling thread
  /// @throws AdminRefusal NO_SUCH_SITE, IMPORT_FILE, IMPORT_TOO_LARGE, IMPORT_REFUSED with a line for each fault; SYSTEM_BUSY
  ///     if another import brought the same meanwhile. Nothing was changed then
  Report run(int site, ImportOrder order, Progress progress, String operator);

  /// @param rows    of the file
  /// @param planned what was written, or, in a dry run, would be
  record Report(Hash hash, int rows, Planned planned) {}
}
