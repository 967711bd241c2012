package dev.counterfoil.sim.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.enrolment.MistypedCodeException;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.settlement.account.PermissionRefusal;
import dev.counterfoil.settlement.gateway.GatewayCode;
import dev.counterfoil.settlement.imports.ImportFault;
import dev.counterfoil.settlement.limit.RechargeLimits;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.StoreFault;
import dev.counterfoil.settlement.transfer.TransferRefusal;
import dev.counterfoil.sim.replay.SalesFileException;
import dev.counterfoil.sim.virtual.ScenarioException;
import dev.counterfoil.terminal.app.ConfigException;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.status.StatusCode;
import dev.counterfoil.terminal.weigh.WeighedGoods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every code that a person can see stands in the operators' page or, for records and frames, in the protocol, and no
/// code stands there that the programs do not have.
class DocumentedCodesTest {

  private static final Path ROOT = Path.of(System.getProperty("counterfoil.root", "../..")).toAbsolutePath()
      .normalize();
  private static final List<String> SOURCES = List.of("terminal-runtime/src/main",
      "settlement-server/src/main",
      "hw-sim/bench/src/main");
  /// Of the reasons that a terminal shows, those that a setting explains.
  private static final List<DeclineReason> LIMITS_AT_A_TAP = List.of(DeclineReason.OUTSIDE_HOURS,
      DeclineReason.LIMIT_MEAL_COUNT, DeclineReason.LIMIT_MEAL_AMOUNT, DeclineReason.ORDER_NONE,
      DeclineReason.ORDER_COLLECTED,
      DeclineReason.LIMIT_PER_TRANSACTION, DeclineReason.LIMIT_PER_PERIOD, DeclineReason.LIMIT_WEEKEND,
      DeclineReason.LIMIT_HOLIDAY, DeclineReason.LIMIT_HOUR_COUNT, DeclineReason.LIMIT_DAY_COUNT,
      DeclineReason.PASSWORD_NEEDED, DeclineReason.PASSWORD_NOT_SET, DeclineReason.PASSWORD_WRONG,
      DeclineReason.PASSWORD_LOCKED);
  private static final String ENROLMENT = "terminal-runtime/src/main/java/dev/counterfoil/terminal/enrolment/EnrolmentException.java";
  /// Codes that are no constants of an enum: named where they arise.
  private static final List<Pattern> IN_SOURCES = List.of(
      Pattern.compile("new (?:Start|Startup|Refused)Exception\\(\\s*\"([A-Z_]+)\""),
      Pattern.compile("new AdminRefusal\\(\\s*\"([A-Z_]+)\""), Pattern.compile("\"(COPY_[A-Z_]+): "),
      Pattern.compile("\"(ENROL_CODE_[A-Z]+|ENROL_(?:RATE|BAD|REFUSED)[A-Z_]*)\""),
      Pattern.compile("\"ERROR code=([A-Z_]+)"));
  private static final Pattern CONSTANT = Pattern
      .compile("public static final String [A-Z_]+ = \"([A-Z_]+)\";");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[A-Z_`, ]+`) \\| (.*) \\|$");
  private static final Pattern CODE = Pattern.compile("`([A-Z_]+)`");

  @Test
  void thePageHasEveryCodeAndNoOther() {
    var documented = new TreeSet<String>();
    rows()
        .forEach(row -> CODE.matcher(row.group(1)).results().forEach(code -> documented.add(code.group(1))));
    assertThat(documented).containsExactlyInAnyOrderElementsOf(codes());
  }

  @ParameterizedTest
  @EnumSource
  void theServersStorageIsToldInTheSameWords(StoreFault fault) {
    assertRow(fault.name(), fault.meaning());
  }

  @ParameterizedTest
  @EnumSource
  void aGatewayIsToldInTheSameWords(GatewayCode code) {
    assertRow(code.name(), code.meaning());
  }

  @ParameterizedTest
  @EnumSource
  void aTransferIsRefusedInTheSameWords(TransferRefusal refusal) {
    assertRow(refusal.name(), refusal.meaning());
  }

  @ParameterizedTest
  @EnumSource
  void aRechargeIsRefusedInTheSameWords(RechargeLimits.Refusal refusal) {
    assertRow(refusal.name(), refusal.meaning());
  }

  @ParameterizedTest
  @EnumSource
  void aRowOfAFileIsRefusedInTheSameWords(ImportFault fault) {
    assertRow(fault.name(), fault.meaning());
  }

  @ParameterizedTest
  @EnumSource
  void aTerminalOutOfServiceIsToldInTheSameWords(Refusal refusal) {
    if (refusal != Refusal.KEY_MISSING) {
      assertRow(refusal.name(), refusal.meaning());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDeviceIsToldInTheSameWords(FaultCode fault) {
    assertRow(fault.name(), fault.hint());
  }

  @ParameterizedTest
  @EnumSource
  void theStatusOfATerminalIsToldInTheSameWords(StatusCode code) {
    assertRow(code.name(), code.meaning());
  }

  @ParameterizedTest
  @EnumSource
  void aCardThatIsNotTakenIsToldInTheSameWords(CardRefusal why) {
    assertRow(why.name(), why.hint());
  }

  @ParameterizedTest
  @EnumSource
  void theProtocolNamesEveryReason(ReasonCode reason) {
    assertThat(read(ROOT.resolve("docs/PROTOCOL.md")))
        .contains("| " + reason + " | " + reason.meaning() + " |");
  }

  private static void assertRow(String code, String text) {
    assertThat(rows().filter(row -> row.group(1).equals("`" + code + "`"))).as(code)
        .anyMatch(row -> row.group(2).contains(text));
  }

  private static Stream<MatchResult> rows() {
    String page = read(ROOT.resolve("docs/OPERATING.md"));
    int start = page.indexOf("## When something is wrong");
    return ROW.matcher(page.substring(start, page.indexOf("\n## ", start + 1))).results();
  }

  private static TreeSet<String> codes() {
    var codes = new TreeSet<String>();
    Stream.of(StoreFault.values(), Refusal.values(), FaultCode.values(), CardRefusal.values(),
        ExceptionKind.values(),
        ConfigException.Code.values(), KeyFaultException.Code.values(), SalesFileException.Code.values(),
        ScenarioException.Code.values(), GatewayCode.values(), TransferRefusal.values(),
        PermissionRefusal.values(),
        RechargeLimits.Refusal.values(), ImportFault.values(), WeighedGoods.Problem.values(),
        StatusCode.values(),
        LIMITS_AT_A_TAP.toArray(DeclineReason[]::new))
        .flatMap(Arrays::stream).forEach(code -> codes.add(code.name()));
    SOURCES.stream().flatMap(DocumentedCodesTest::files).map(DocumentedCodesTest::read).forEach(
        source -> IN_SOURCES.forEach(
            pattern -> pattern.matcher(source).results().forEach(found -> codes.add(found.group(1)))));
    CONSTANT.matcher(read(ROOT.resolve(ENROLMENT))).results().forEach(found -> codes.add(found.group(1)));
    codes.add(MistypedCodeException.CODE);
    return codes;
  }

  private static Stream<Path> files(String folder) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
