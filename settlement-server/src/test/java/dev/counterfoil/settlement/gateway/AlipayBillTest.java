package dev.counterfoil.settlement.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlipayBillTest {

  private static final Charset GBK = Charset.forName("GBK");
  private static final String ITEMS = """
      #支付宝业务明细查询
      #账号：[20880000000000000156]
      #起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]
      #-----------------------------------------业务明细列表----------------------------------------
      支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注
      2026112022001	,order-1	,交易	,饭卡充值,2026-11-20 10:59:30,2026-11-20 11:00:00,	,	,	,	,*佳(yan***@163.com)	,50.00,50.00,0.00,0.00,0.00,0.00,0.00,,0.00	,0.00,	,-0.30,0.00,
      2026112022001	,order-1	,退款	,饭卡充值,2026-11-20 12:00:00,2026-11-20 12:00:00,	,	,	,	,*佳(yan***@163.com)	,-20.00,-20.00,0.00,0.00,0.00,0.00,0.00,,0.00	,0.00,refund-1	,0.12,0.00,
      #-----------------------------------------业务明细列表结束------------------------------------
      #交易合计：1笔，商家实收共50.00元，商家优惠共0.00元
      #退款合计：1笔，商家实收退款共-20.00元，商家优惠退款共0.00元
      #导出时间：[2026年11月21日 05:46:49]
      """;

  @Test
  void aBillIsReadFromItsZip() {
    BillAnswer answer = AlipayBill.read(zip(ITEMS));

    assertThat(answer).isInstanceOf(BillAnswer.Published.class);
    GatewayBill bill = ((BillAnswer.Published) answer).bill();
    assertThat(bill.totals()).isEqualTo(new GatewayBill.Totals(2, 5000, 2000, 18_000));
    assertThat(bill.lines()).containsExactly(
        new GatewayBill.Line(false, LocalDateTime.of(2026, 11, 20, 11, 0), "2026112022001", "order-1", "",
            5000,
            30_000),
        new GatewayBill.Line(true, LocalDateTime.of(2026, 11, 20, 12, 0), "2026112022001", "order-1",
            "refund-1",
            2000, -12_000));
  }

  @Test
  void aMissingOrChangedLineIsFoundByTheTotals() {
    String without = ITEMS.replaceFirst("2026112022001\t,order-1\t,退款.*\n", "");

    assertThat(code(AlipayBill.read(zip(without)))).isEqualTo(GatewayCode.GATEWAY_BILL_TOTALS);
    assertThat(code(AlipayBill.read(zip(ITEMS.replace("50.00,50.00,", "50.00,49.00,")))))
        .isEqualTo(GatewayCode.GATEWAY_BILL_TOTALS);
  }

  @Test
  void aBillWithoutItsEndIsTruncated() {
    assertThat(code(AlipayBill.read(zip(ITEMS.substring(0, ITEMS.indexOf("#退款合计"))))))
        .isEqualTo(GatewayCode.GATEWAY_BILL_TRUNCATED);
    assertThat(code(AlipayBill.read(new byte[0]))).isEqualTo(GatewayCode.GATEWAY_BILL_TRUNCATED);
  }

  @Test
  void aGoodsNameWithACommaIsNotGuessedAt() {
    BillAnswer answer = AlipayBill.read(zip(ITEMS.replaceFirst("饭卡充值,2026", "饭卡,充值,2026")));

    assertThat(code(answer)).isEqualTo(GatewayCode.GATEWAY_BILL_MALFORMED);
    assertThat(answer.toString()).contains("line=6");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aZipThatWasCutOrChangedIsNeverPublishedWithOtherSums(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] whole = zip(ITEMS);
    for (int i = 0; i < 500; i++) {
      byte[] changed = random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length))
          : whole.clone();
      if (changed.length == whole.length) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      if (AlipayBill.read(changed) instanceof BillAnswer.Published(var bill)) {
        assertThat(bill.totals()).as("seed " + seed + " i " + i)
            .isEqualTo(new GatewayBill.Totals(2, 5000, 2000, 18_000));
      }
    }
  }

  private static byte[] zip(String items) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes, GBK)) {
      zip.putNextEntry(new ZipEntry("2088_20261120_业务明细(汇总).csv"));
      zip.write("#支付宝业务汇总查询\n".getBytes(GBK));
      zip.putNextEntry(new ZipEntry("2088_20261120_业务明细.csv"));
      zip.write(items.getBytes(GBK));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static GatewayCode code(BillAnswer answer) {
    assertThat(answer).isInstanceOf(BillAnswer.Rejected.class);
    return ((BillAnswer.Rejected) answer).problem().code();
  }
}
