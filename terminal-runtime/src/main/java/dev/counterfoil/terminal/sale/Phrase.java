package dev.counterfoil.terminal.sale;

/// Every text that a customer or cashier may read on a display, in English and Simplified Chinese. English is plain ASCII
/// and fits 16 characters, so that it can stand in on a display that has no Chinese.
public enum Phrase {
  WELCOME("WELCOME", "欢迎光临"),
  ENTER_AMOUNT("ENTER AMOUNT", "请输入金额"),
  ENTER_NUMBER("ENTER NUMBER", "请输入编号"),
  AMOUNT("AMOUNT", "金额"),
  NUMBER("NUMBER", "编号"),
  TOTAL("TOTAL", "合计"),
  PRESENT_CARD("PRESENT CARD", "请刷卡"),
  BEFORE_DISCOUNT("BEFORE", "原价"),
  SUBSIDY("SUBSIDY", "补贴"),
  OWN_MONEY("CASH", "现金账户"),
  POINTS("POINTS", "积分"),
  COUNTED("COUNTED", "计次"),
  NOTHING_TO_PAY("NOTHING TO PAY", "无需付款"),
  TIME_STARTED("TIME STARTED", "开始计时"),
  PER_UNIT("EACH UNIT", "每单位"),
  TIME("TIME", "时长"),
  PLEASE_WAIT("PLEASE WAIT", "请稍候"),
  APPROVED("APPROVED", "支付成功"),
  APPROVED_OFFLINE("APPROVED*", "支付成功(离线)"),
  BALANCE("BALANCE", "余额"),
  CASH_RECORDED("CASH RECORDED", "现金已记录"),
  DECLINED("DECLINED", "支付失败"),
  VOID_LAST_SALE("VOID LAST SALE", "撤销上一笔"),
  OPERATOR_CARD("OPERATOR CARD", "请刷操作员卡"),
  VOIDED("VOIDED", "已撤销"),
  SEVERAL_CARDS("SEVERAL CARDS", "检测到多张卡"),
  ONE_CARD_PLEASE("ONE CARD PLEASE", "请只刷一张卡"),
  AWAITING_CONFIRM("AWAITING CONFIRM", "等待确认"),
  OUT_OF_ORDER("OUT OF ORDER", "暂停服务"),
  PASSWORD("PASSWORD", "请输入密码"),
  BALANCE_QUERY("BALANCE", "余额查询"),
  BALANCE_OFFLINE("BALANCE*", "余额(离线)"),
  BAD_QUANTITY("1 TO 9999 PIECES", "数量应为1至9999"),
  UNKNOWN_CARD("UNKNOWN CARD", "卡未登记"),
  SHORT_PASSWORD("6 DIGITS OR MORE", "密码至少6位"),
  PARAMETER_ERROR("PARAMETER ERROR", "参数错误"),
  IDENTITY_ERROR("IDENTITY ERROR", "身份错误"),
  MERCHANT_INVALID("MERCHANT INVALID", "商户无效"),
  CARD_LOST("CARD LOST", "卡已挂失"),
  CARD_INVALID("CARD INVALID", "卡无效"),
  CARD_EXPIRED("CARD EXPIRED", "卡已过期"),
  QR_INVALID("CODE INVALID", "二维码无效"),
  QR_EXPIRED("CODE EXPIRED", "二维码已过期"),
  ACCOUNT_FROZEN("ACCOUNT FROZEN", "账户已冻结,请联系客服"),
  ACCOUNT_INVALID("ACCOUNT INVALID", "账户无效,请补办卡"),
  PERMISSION_DENIED("NOT PERMITTED", "无消费权限"),
  LIMIT_PER_TRANSACTION("OVER LIMIT", "超出单笔限额"),
  LIMIT_PER_PERIOD("PERIOD LIMIT", "超出周期限额"),
  OUTSIDE_HOURS("CLOSED NOW", "非营业时间"),
  LIMIT_MEAL_COUNT("HAD THIS MEAL", "本餐次数已满"),
  LIMIT_MEAL_AMOUNT("MEAL LIMIT", "超出本餐限额"),
  LIMIT_WEEKEND("WEEKEND LIMIT", "超出周末限额"),
  LIMIT_HOLIDAY("HOLIDAY LIMIT", "超出节假日限额"),
  LIMIT_HOUR_COUNT("TOO MANY IN 1 H", "一小时次数超限"),
  LIMIT_DAY_COUNT("TOO MANY TODAY", "当日次数超限"),
  INSUFFICIENT_BALANCE("LOW BALANCE", "余额不足"),
  RISK_REFUSED("NOT ACCEPTED", "风险拦截"),
  PASSWORD_NEEDED("PASSWORD NEEDED", "需要密码"),
  PASSWORD_NOT_SET("NO PASSWORD SET", "未设置消费密码"),
  PASSWORD_WRONG("WRONG PASSWORD", "密码错误"),
  PASSWORD_LOCKED("PASSWORD LOCKED", "密码已锁定"),
  CLOCK_UNKNOWN("CLOCK UNKNOWN", "时钟未校准"),
  OFFLINE_NOT_ALLOWED("ONLINE ONLY", "不支持离线消费"),
  OFFLINE_DATA_TOO_OLD("OFFLINE TOO LONG", "离线数据过期"),
  OFFLINE_LIMIT_PER_TAP("OFF: TAP LIMIT", "超出离线单笔限额"),
  OFFLINE_LIMIT_PER_CARD("OFF: CARD LIMIT", "超出离线单卡限额"),
  OFFLINE_ALLOWANCE_USED("OFF: ALL USED UP", "离线额度已用完"),
  SYSTEM_BUSY("BUSY, TRY AGAIN", "系统繁忙"),
  PAYMENT_FAILED("PAYMENT FAILED", "支付失败,未扣款"),
  AMOUNT_TOO_HIGH("AMOUNT TOO HIGH", "金额过大"),
  UNKNOWN_PRODUCT("UNKNOWN PRODUCT", "无此商品"),
  TOO_MANY_PRODUCTS("TOO MANY ITEMS", "商品过多"),
  NOTHING_TO_VOID("NOTHING TO VOID", "无可撤销交易"),
  NOT_AN_OPERATOR("NOT AN OPERATOR", "非操作员卡"),
  METHOD_UNSUPPORTED("NOT BY CODE", "不支持扫码支付"),
  CODE_READ("CODE READ", "已扫码"),
  FOREIGN_CODE("FOREIGN CODE", "非本系统二维码"),
  SCAN_AGAIN("SCAN AGAIN", "请重新扫码"),
  PRESENT_AGAIN("PRESENT AGAIN", "请重新刷卡"),
  CARD_NOT_TAKEN("CARD NOT TAKEN", "无法使用此卡"),
  CARD_WRONG_KIND("WRONG CARD TYPE", "卡类型不符"),
  CARD_NOT_OURS("NOT OUR CARD", "非本系统卡"),
  CARD_KEY_WRONG("CARD KEY WRONG", "卡密钥不符"),
  CARD_FORGED("CARD NOT GENUINE", "卡验证未通过"),
  CARD_REPLAYED("ALREADY SHOWN", "卡信息已被使用"),
  CARD_REMOVED("HOLD CARD LONGER", "请勿过早拿开卡"),
  CARD_UNSTEADY("LAY CARD FLAT", "请将卡平放"),
  CARD_UNUSABLE("CARD NOT READY", "卡未完成发行"),
  SCALE_EMPTY("PUT IT ON SCALE", "请放上商品"),
  SCALE_UNSTABLE("WEIGHING", "称重中,请勿晃动"),
  SCALE_TOO_LIGHT("TOO LIGHT", "重量不足"),
  SCALE_SOLD("SOLD: TAKE AWAY", "已售出,请取走"),
  SCALE_CHANGED("WEIGHT CHANGED", "重量已变,请重新刷卡"),
  SCALE_OVERLOAD("TOO HEAVY", "超出秤量程"),
  SCALE_NEGATIVE("SET TARE: KEY *", "请按*去皮"),
  SCALE_MISSING("SCALE FAULT", "秤故障"),
  SCALE_STALE("NO WEIGHT", "秤无响应");

  private final String english;
  private final String chinese;

  Phrase(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  public String english() {
    return english;
  }

  /// As a terminal of this language says it.
  public String in(Texts.Language language) {
    return switch (language) {
      case ENGLISH -> english;
      case CHINESE -> chinese;
    };
  }
}
