package dev.counterfoil.settlement.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files in CSV by RFC 4180, and where one stops being one.
class CsvReaderTest {

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final int LONGEST = 40;
  /// What makes cells hard to read, among it characters outside of the first plane.
  private static final List<String> PIECES = List.of("a", ",", "\"", "\r\n", "\n", "\r", "=1+1", " ", "饭",
      "\uD83C\uDF5C",
      "é", "", "0");

  private final Faults faults = new Faults(10);

  /// One byte at a time, as a slow disk or a torn character gives it.
  private static InputStream slowly(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(1, length));
      }
    };
  }

  private List<List<String>> read(byte[] bytes, Charset charset) throws IOException {
    var reader = new CsvReader(new StrictText(slowly(bytes), charset), LONGEST, faults);
    var rows = new ArrayList<List<String>>();
    for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
      assertThat(row.get().number()).isEqualTo(rows.size() + 1);
      rows.add(row.get().cells());
    }
    return rows;
  }

  private List<List<String>> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String written(List<List<String>> rows, String end, SplittableRandom random) {
    return rows.stream().map(row -> row.stream().map(cell -> cell(cell, random)).collect(
        Collectors.joining(","))).collect(Collectors.joining(end, "", random.nextBoolean() ? end : ""));
  }

  private static String cell(String cell, SplittableRandom random) {
    boolean must = cell.chars().anyMatch(c -> "\",\r\n".indexOf(c) >= 0);
    return must || random.nextInt(3) == 0 ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whatIsWrittenIsRead(long seed) throws IOException {
    var random = new SplittableRandom(seed);
    for (int time = 0; time < 50; time++) {
      var rows = new ArrayList<List<String>>();
      for (int row = random.nextInt(1, 6); row > 0; row--) {
        var cells = new ArrayList<String>();
        // A last row of one empty cell without a line end is no row.
        cells.add("x");
        for (int cell = random.nextInt(4); cell > 0; cell--) {
          cells.add(random.ints(random.nextInt(6), 0, PIECES.size()).mapToObj(PIECES::get)
              .collect(Collectors.joining()));
        }
        rows.add(cells);
      }
      String text = written(rows, List.of("\r\n", "\n", "\r").get(random.nextInt(3)), random);

      assertThat(read(text)).as("seed %d: %s", seed, text).isEqualTo(rows);
      assertThat(read(text.getBytes(GB18030), GB18030)).isEqualTo(rows);
      assertThat(faults.count()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "a,b\\n1,x\"y\"|2|2|CSV_MALFORMED", "a\\n\"open|2|1|CSV_MALFORMED",
      "a\\n\"x\"y|2|1|CSV_MALFORMED", "a\\n\"multi\\nline\",\"x\" z|2|2|CSV_MALFORMED"})
  void aQuoteThatDoesNotFitEndsTheReading(String text, int row, String column, ImportFault fault)
      throws IOException {
    List<List<String>> rows = read(text.replace("\\n", "\n") + "\nnext,row\n");

    assertThat(rows).hasSize(row - 1);
    assertThat(faults.kept()).singleElement().satisfies(found -> {
      assertThat(found.row()).isEqualTo(row);
      assertThat(found.column()).isEqualTo(column);
      assertThat(found.code()).isEqualTo(fault.name());
    });
  }

  @Test
  void theRowOfAWrongByteIsNamed() throws IOException {
    byte[] bytes = "name\n李雷\n韩梅梅\n".getBytes(GB18030);

    assertThat(read(bytes, StandardCharsets.UTF_8)).isEqualTo(List.of(List.of("name")));
    assertThat(faults.kept()).extracting(RowFault::row, RowFault::code)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(2, "ENCODING_WRONG"));
    assertThat(read(bytes, GB18030)).isEqualTo(List.of(List.of("name"), List.of("李雷"), List.of("韩梅梅")));
  }

  @Test
  void aCharacterThatTheFileCutsOffIsWrong() throws IOException {
    byte[] whole = "a\n饭".getBytes(StandardCharsets.UTF_8);

    assertThat(read(java.util.Arrays.copyOf(whole, whole.length - 1), StandardCharsets.UTF_8)).hasSize(1);
    assertThat(faults.kept()).extracting(RowFault::code).containsExactly("ENCODING_WRONG");
  }

  @Test
  void aByteOrderMarkIsNoCharacter() throws IOException {
    assertThat(read("\uFEFFa,b\n\uFEFF1,2")).isEqualTo(List.of(List.of("a", "b"), List.of("\uFEFF1", "2")));
  }

  @Test
  void aLongCellIsAFaultAndTheNextOneIsRead() throws IOException {
    List<List<String>> rows = read("\"" + "\"\"".repeat(LONGEST) + "\",x\n" + "y".repeat(LONGEST + 1) + ",z");

    assertThat(rows.getFirst()).isEqualTo(List.of("\"".repeat(LONGEST), "x"));
    assertThat(rows.get(1)).isEqualTo(List.of("y".repeat(LONGEST), "z"));
    assertThat(faults.kept()).extracting(RowFault::text)
        .containsExactly("row 2, column 1: CELL_TOO_LONG allowed=40 characters");
  }
}
