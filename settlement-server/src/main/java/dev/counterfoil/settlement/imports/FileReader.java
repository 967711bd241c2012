package dev.counterfoil.settlement.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Reads files of rows, checking each row by itself. Blocks for the file; one thread.
public final class FileReader {

  private final ImportLimits limits;
  private final Surroundings around;
  private final Progress progress;

  /// @param progress told now and then
  public FileReader(ImportLimits limits, Surroundings around, Progress progress) {
    this.limits = limits;
    this.around = around;
    this.progress = progress;
  }

  /// @param in read to its end, not closed
  /// @throws TooLargeException beyond the limits
  public ImportFile read(InputStream in, ImportKind kind, Charset charset)
      throws IOException, TooLargeException {
    var bytes = new CountedBytes(in);
    var faults = new Faults(limits.faultsShown());
    var rows = new CsvReader(new StrictText(bytes, charset), limits.cellCharacters(), faults);
    var references = new Once("reference", ImportFault.REFERENCE_TWICE, faults);
    return switch (kind) {
      case RECORDS -> {
        List<SaleLine> lines = new ArrayList<>();
        int count = each(bytes, rows, faults, SaleLine.NEEDED, SaleLine.OTHERS, SaleLine::read, line -> {
          references.see(line.row(), line.reference());
          lines.add(line);
        });
        yield new ImportFile(kind, bytes.hash(), count, new Lines.Sales(lines), faults);
      }
      case ORDERS -> {
        List<OrderLine> lines = new ArrayList<>();
        int count = each(bytes, rows, faults, OrderLine.NEEDED, OrderLine.OTHERS, OrderLine::read, line -> {
          references.see(line.row(), line.reference());
          lines.add(line);
        });
        yield new ImportFile(kind, bytes.hash(), count, new Lines.Orders(lines), faults);
      }
      case ACCOUNTS -> {
        var cards = new Once("card", ImportFault.CARD_TWICE, faults);
        List<AccountLine> lines = new ArrayList<>();
        int count = each(bytes, rows, faults, AccountLine.NEEDED, AccountLine.OTHERS, AccountLine::read,
            line -> {
              references.see(line.row(), line.reference());
              line.card().ifPresent(token -> cards.see(line.row(), token.toHex()));
              lines.add(line);
            });
        yield new ImportFile(kind, bytes.hash(), count, new Lines.Accounts(lines), faults);
      }
    };
  }

  private <T> int each(CountedBytes bytes, CsvReader rows, Faults faults, List<String> needed,
      List<String> others, Function<Cells, Optional<T>> reading, Consumer<T> taker)
      throws IOException, TooLargeException {
    Optional<CsvRow> names = rows.next();
    Header header = Header.read(names.orElse(new CsvRow(1, List.of())), needed, others, faults);
    int count = 0;
    // Under wrong names every row would be wrong.
    Optional<CsvRow> row = faults.isEmpty() ? rows.next() : Optional.empty();
    while (row.isPresent()) {
      requireRoom(bytes.count(), count);
      if (!row.get().isBlank()) {
        count++;
        if (header.fits(row.get(), faults)) {
          reading.apply(new Cells(header, row.get(), around, faults)).ifPresent(taker);
        }
        progress.at("read", count, 0);
      }
      row = rows.next();
    }
    requireRoom(bytes.count(), count - 1);
    return count;
  }

  private void requireRoom(long bytes, int rowsBefore) throws TooLargeException {
    if (bytes > limits.mostBytes()) {
      throw new TooLargeException("bytes=more allowed=" + limits.mostBytes() + " setting=import.most-bytes");
    }
    if (rowsBefore >= limits.mostRows()) {
      throw new TooLargeException("rows=more allowed=" + limits.mostRows() + " setting=import.most-rows");
    }
  }
}
