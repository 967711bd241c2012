package dev.counterfoil.sim.replay;

import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_AMOUNT;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_BLANK;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_DATE;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_EMPTY;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_ENCODING;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_HEADER;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_LINE_TOTAL;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_QUANTITY;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_SALE_MIXED;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_SALE_TOTAL;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_SHAPE;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_UNREADABLE;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_WORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesFileTest {

  private static final String HEADER = "Status,Device ID,Location,Machine,Product,Category,Transaction,TransDate,Type,"
      + "RCoil,RPrice,RQty,MCoil,MPrice,MQty,LineTotal,TransTotal,Prcd Date\n";
  private static final String WATER = row("Water", "901", "Cash", "1.5", "1", "1.5", "1.5");

  private static String row(String product, String sale, String type, String price, String quantity,
      String line,
      String total) {
    return "Processed,CF1,Hall,Hall x1," + product + ",Food," + sale + ",\"Saturday, January 1, 2022\","
        + type
        + ",A1," + price + "," + quantity + ",A1," + price + "," + quantity + "," + line + "," + total
        + ",1/1/2022\n";
  }

  @Test
  void rowsOfOneTransactionAreOneSale() throws Exception {
    SalesFile file = SalesFile.parse(HEADER + row("Tea", "7", "Credit", "2.5", "2", "5", "6.25")
        + row("Bar", "7", "Credit", "1.25", "1", "1.25", "6.25") + WATER);

    assertThat(file.baskets()).hasSize(2);
    assertThat(file.baskets().getFirst().totalMinor()).isEqualTo(625);
    assertThat(file.baskets().getFirst().day()).isEqualTo(LocalDate.of(2022, 1, 1));
    assertThat(file.totalMinor()).isEqualTo(775);
    assertThat(file.rows()).isEqualTo(3);
    assertThat(file.rows(SalesRow.Tender.CREDIT)).isEqualTo(2);
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreFine() throws Exception {
    assertThat(SalesFile.parse("\uFEFF" + (HEADER + WATER).replace("\n", "\r\n")).rows()).isEqualTo(1);
  }

  @Test
  void ourOwnSampleHasTheFactsThatTheReadmeStates(@TempDir Path folder) throws Exception {
    Path copy = folder.resolve("sample.csv");
    try (var sample = SalesFile.class.getResourceAsStream("sample.csv")) {
      Files.write(copy, sample.readAllBytes());
    }
    SalesFile file = SalesFile.read(copy);
    assertThat(file.odd()).extracting(SalesFile.Oddity::reason)
        .containsExactly("blank product", "blank product, Unlinked");
    assertThat(file.devices()).containsExactly("CF10001", "CF10002", "CF10003");
    assertThat(file.baskets()).hasSize(SAMPLE_SALES);
    assertThat(file.totalMinor()).isEqualTo(SAMPLE_MINOR);
  }

  @Test
  void aBlankProductIsListedWithItsLine() throws Exception {
    SalesFile file = SalesFile.parse(HEADER + WATER + row("", "8", "Credit", "2", "1", "2", "2"));
    assertThat(file.odd()).singleElement().satisfies(odd -> {
      assertThat(odd.row().line()).isEqualTo(3);
      assertThat(odd.reason()).isEqualTo("blank product");
    });
  }

  @Test
  void badFilesAreRefusedWithCodeLineAndColumn() {
    refuses(CSV_EMPTY, "");
    refuses(CSV_EMPTY, HEADER);
    refuses(CSV_HEADER, HEADER.replace("RPrice", "Price") + WATER);
    refuses(CSV_HEADER, HEADER.replace("MPrice", "RPrice") + WATER);
    refuses(CSV_SHAPE, HEADER + WATER + "Processed,CF1\n");
    refuses(CSV_BLANK, HEADER + WATER.replace("CF1", " "));
    refuses(CSV_DATE, HEADER + WATER.replace("Saturday", "Friday"));
    refuses(CSV_DATE, HEADER + WATER.replace("January 1", "January 32"));
    refuses(CSV_AMOUNT, HEADER + row("Tea", "1", "Cash", "1.555", "1", "1.5", "1.5"));
    refuses(CSV_AMOUNT, HEADER + row("Tea", "1", "Cash", "-1", "1", "-1", "-1"));
    refuses(CSV_AMOUNT, HEADER + row("Tea", "1", "Cash", "", "1", "1.5", "1.5"));
    refuses(CSV_QUANTITY, HEADER + row("Tea", "1", "Cash", "1.5", "0", "0", "0"));
    refuses(CSV_QUANTITY, HEADER + row("Tea", "1", "Cash", "1.5", "1e3", "1.5", "1.5"));
    refuses(CSV_WORD, HEADER + row("Tea", "1", "Cheque", "1.5", "1", "1.5", "1.5"));
    refuses(CSV_LINE_TOTAL, HEADER + row("Tea", "1", "Cash", "1.5", "2", "1.5", "1.5"));
    refuses(CSV_SALE_TOTAL, HEADER + row("Tea", "1", "Cash", "1.5", "1", "1.5", "2"));
    refuses(CSV_SALE_MIXED, HEADER + row("Tea", "1", "Cash", "1", "1", "1", "2")
        + row("Tea", "1", "Credit", "1", "1", "1", "2"));
  }

  @Test
  void theMessageNamesLineAndColumn() {
    assertThatThrownBy(() -> SalesFile.parse(HEADER + WATER + row("Tea", "1", "Cash", "abc", "1", "1", "1")))
        .hasMessage("CSV_AMOUNT line 3 column RPrice: 'abc' is not an amount");
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithTheirLine(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("latin.csv");
    Files.write(file,
        (HEADER + WATER + WATER.replace("Water", "Ca\u00e9")).getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SalesFile.read(file)).isInstanceOfSatisfying(SalesFileException.class, e -> {
      assertThat(e.code()).isEqualTo(CSV_ENCODING);
      assertThat(e.line()).isEqualTo(3);
    });
  }

  @Test
  void aMissingFileIsToldWithItsName(@TempDir Path folder) {
    assertThatThrownBy(() -> SalesFile.read(folder.resolve("none.csv"))).hasMessageContaining("none.csv")
        .extracting("code").isEqualTo(CSV_UNREADABLE);
  }

  private static void refuses(SalesFileException.Code code, String text) {
    assertThatThrownBy(() -> SalesFile.parse(text)).isInstanceOfSatisfying(SalesFileException.class,
        e -> assertThat(e.code()).isEqualTo(code));
  }

  private static final int SAMPLE_SALES = 76;
  private static final long SAMPLE_MINOR = 183_20;
}
