package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.journal.Refusal;
import java.util.List;

/// What each [Screen] says, in English and Simplified Chinese. English fits 16 characters a line; a character display
/// whose ROM has no Chinese is given English.
public final class Texts {

  /// The languages of the first screen on (D14).
  public enum Language {
    ENGLISH, CHINESE
  }

  private static final int SET_UP = 11;
  private static final int STORE_FULL = 12;

  private final Language language;
  private final DisplayGeometry geometry;
  private final String name;

  /// @param name what the idle screen's first line says; empty for a greeting
  public Texts(Language language, DisplayGeometry geometry, String name) {
    this.language = language;
    this.geometry = geometry;
    this.name = name;
  }

  /// The lines of a screen, not yet cut to the display.
  public List<String> lines(Screen screen) {
    return switch (screen) {
      case Screen.Ready(var online) -> List.of(name.isEmpty() ? say("WELCOME", "欢迎光临") : name,
          online ? say("ENTER AMOUNT", "请输入金额") : geometry.spread(say("ENTER AMOUNT", "请输入金额"), "OFF"));
      case Screen.Typing(var keyed, var basket) -> List.of(
          basket == 0 ? say("AMOUNT", "金额") : total(basket), keyed.replace('*', '.') + "_");
      case Screen.CodeRead() -> List.of(say("CODE READ", "已扫码"), say("ENTER AMOUNT", "请输入金额"));
      case Screen.PresentCard(var amount) -> List.of(total(amount), say("PRESENT CARD", "请刷卡"));
      case Screen.Password(var amount, var digits) -> List.of(total(amount),
          geometry.spread(say("PASSWORD", "请输入密码"), "*".repeat(digits)));
      case Screen.BalanceCard() -> List.of(say("BALANCE", "余额查询"), say("PRESENT CARD", "请刷卡"));
      case Screen.Balance(var balance, var offline) -> List.of(
          offline ? say("BALANCE*", "余额(离线)") : say("BALANCE", "余额"), Money.decimal(balance));
      case Screen.Working(var amount) -> List.of(total(amount), say("PLEASE WAIT", "请稍候"));
      // The star stands for "without the server": a word more would not leave room for a four-digit amount.
      case Screen.Approved(var amount, var balance, var offline) -> List.of(
          geometry.spread(offline ? say("APPROVED*", "支付成功(离线)") : say("APPROVED", "支付成功"),
              Money.decimal(amount)),
          geometry.spread(say("BALANCE", "余额"), Money.decimal(balance)));
      case Screen.CashRecorded(var amount) -> List.of(total(amount), say("CASH RECORDED", "现金已记录"));
      case Screen.Declined(var reason) ->
        List.of(geometry.spread(say("DECLINED", "支付失败"), numbered(reason.number())), reason(reason));
      case Screen.OperatorCard() -> List.of(say("VOID LAST SALE", "撤销上一笔"), say("OPERATOR CARD", "请刷操作员卡"));
      case Screen.Voided(var amount) -> List.of(total(amount), say("VOIDED", "已撤销"));
      case Screen.Rejected(var mistake) -> List.of(mistake(mistake), numbered(mistake.number()));
      case Screen.SeveralCards() -> List.of(say("SEVERAL CARDS", "检测到多张卡"), say("ONE CARD PLEASE", "请只刷一张卡"));
      case Screen.OutOfOrder(var code) when code.equals(Refusal.NOT_CONFIRMED.name()) ->
        List.of(say("AWAITING CONFIRM", "等待确认"), code);
      case Screen.OutOfOrder(var code) -> List
          .of(geometry.spread(say("OUT OF ORDER", "暂停服务"), "%03d".formatted(numberOf(code))), code);
    };
  }

  /// What a cashier tells the office, in any language.
  private static String numbered(int number) {
    return "ERR %03d".formatted(number);
  }

  /// 012 for a store that takes no more records, 011 for everything else that somebody has to put in order first.
  private static int numberOf(String refusal) {
    boolean full = refusal.equals(Refusal.JOURNAL_FULL.name()) || refusal.equals(Refusal.DISK_FULL.name());
    return full ? STORE_FULL : SET_UP;
  }

  private String total(long amountMinor) {
    return geometry.spread(say("TOTAL", "合计"), Money.decimal(amountMinor));
  }

  /// What the customer reads for a refusal; each reason has its own text (PAY-22).
  public String reason(DeclineReason reason) {
    return switch (reason) {
      case PARAMETER_ERROR -> say("PARAMETER ERROR", "参数错误");
      case IDENTITY_ERROR -> say("IDENTITY ERROR", "身份错误");
      case MERCHANT_INVALID -> say("MERCHANT INVALID", "商户无效");
      case METHOD_UNSUPPORTED -> say("NOT BY CODE", "不支持扫码支付");
      case CARD_LOST -> say("CARD LOST", "卡已挂失");
      case CARD_INVALID -> say("CARD INVALID", "卡无效");
      case CARD_EXPIRED -> say("CARD EXPIRED", "卡已过期");
      case QR_INVALID -> say("CODE INVALID", "二维码无效");
      case QR_EXPIRED -> say("CODE EXPIRED", "二维码已过期");
      case ACCOUNT_FROZEN -> say("ACCOUNT FROZEN", "账户已冻结,请联系客服");
      case ACCOUNT_INVALID -> say("ACCOUNT INVALID", "账户无效,请补办卡");
      case PERMISSION_DENIED -> say("NOT PERMITTED", "无消费权限");
      case LIMIT_PER_TRANSACTION -> say("OVER LIMIT", "超出单笔限额");
      case LIMIT_PER_PERIOD -> say("PERIOD LIMIT", "超出周期限额");
      case OUTSIDE_HOURS -> say("CLOSED NOW", "非营业时间");
      case LIMIT_WEEKEND -> say("WEEKEND LIMIT", "超出周末限额");
      case LIMIT_HOLIDAY -> say("HOLIDAY LIMIT", "超出节假日限额");
      case LIMIT_HOUR_COUNT -> say("TOO MANY IN 1 H", "一小时次数超限");
      case LIMIT_DAY_COUNT -> say("TOO MANY TODAY", "当日次数超限");
      case INSUFFICIENT_BALANCE -> say("LOW BALANCE", "余额不足");
      case RISK_REFUSED -> say("NOT ACCEPTED", "风险拦截");
      case PASSWORD_NEEDED -> say("PASSWORD NEEDED", "需要密码");
      case PASSWORD_NOT_SET -> say("NO PASSWORD SET", "未设置消费密码");
      case PASSWORD_WRONG -> say("WRONG PASSWORD", "密码错误");
      case PASSWORD_LOCKED -> say("PASSWORD LOCKED", "密码已锁定");
      case CLOCK_UNKNOWN -> say("CLOCK UNKNOWN", "时钟未校准");
      case OFFLINE_NOT_ALLOWED -> say("ONLINE ONLY", "不支持离线消费");
      case OFFLINE_DATA_TOO_OLD -> say("OFFLINE TOO LONG", "离线数据过期");
      case OFFLINE_LIMIT_PER_TAP -> say("OFF: TAP LIMIT", "超出离线单笔限额");
      case OFFLINE_LIMIT_PER_CARD -> say("OFF: CARD LIMIT", "超出离线单卡限额");
      case OFFLINE_ALLOWANCE_USED -> say("OFF: ALL USED UP", "离线额度已用完");
      case SYSTEM_BUSY -> say("BUSY, TRY AGAIN", "系统繁忙");
      case PAYMENT_FAILED -> say("PAYMENT FAILED", "支付失败,未扣款");
    };
  }

  private String mistake(Screen.Mistake mistake) {
    return switch (mistake) {
      case NO_AMOUNT -> say("ENTER AMOUNT", "请输入金额");
      case AMOUNT_TOO_HIGH -> say("AMOUNT TOO HIGH", "金额过大");
      case UNKNOWN_PRODUCT -> say("UNKNOWN PRODUCT", "无此商品");
      case TOO_MANY_PRODUCTS -> say("TOO MANY ITEMS", "商品过多");
      case BAD_QUANTITY -> say("1 TO 9999 PIECES", "数量应为1至9999");
      case UNKNOWN_CARD -> say("UNKNOWN CARD", "卡未登记");
      case SHORT_PASSWORD -> say("6 DIGITS OR MORE", "密码至少6位");
      case NOTHING_TO_VOID -> say("NOTHING TO VOID", "无可撤销交易");
      case NOT_AN_OPERATOR -> say("NOT AN OPERATOR", "非操作员卡");
      case FOREIGN_CODE -> say("FOREIGN CODE", "非本系统二维码");
      case SCAN_AGAIN -> say("SCAN AGAIN", "请重新扫码");
      case PRESENT_AGAIN -> say("PRESENT AGAIN", "请重新刷卡");
    };
  }

  private String say(String english, String chinese) {
    return language == Language.CHINESE ? chinese : english;
  }
}
