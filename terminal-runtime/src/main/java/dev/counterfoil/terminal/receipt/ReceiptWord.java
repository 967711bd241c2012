package dev.counterfoil.terminal.receipt;

import dev.counterfoil.terminal.sale.Texts.Language;

/// The words of a receipt.
enum ReceiptWord {
  SALE("SALE", "消费小票"),
  ORDER("ORDER COLLECTED", "取餐小票"),
  ORDER_NUMBER("Order", "订餐号"),
  NOTHING_TO_PAY("nothing to pay", "无需付款"),
  VOID("VOID", "撤销小票"),
  COPY("** COPY **", "** 副本 **"),
  TERMINAL("Terminal", "终端"),
  RECORD("Record", "流水号"),
  TIME("Time", "时间"),
  TIME_UNSURE("time not confirmed by the server", "时间未经服务器校准"),
  TOTAL("TOTAL", "合计"),
  BEFORE("Before discount", "原价"),
  DISCOUNT("Discount", "优惠"),
  PAID_BY_CARD("Paid by card", "刷卡支付"),
  OF_IT_SUBSIDY("Paid by subsidy", "补贴支付"),
  POINTS("Points", "积分"),
  PAID_IN_CASH("Paid in cash", "现金支付"),
  BALANCE("Balance", "余额"),
  OFFLINE("approved without the server", "离线批准"),
  TAKEN_BACK("Taken back", "撤销金额"),
  OF_RECORD("Of record", "原流水号"),
  TEST("** TEST - NO MONEY **", "** 测试 不动资金 **"),
  REFUND("REFUND", "退款小票"),
  REFUNDED("Paid back", "退款金额"),
  REFUNDED_IN_CASH("in cash", "退还现金"),
  LEFT("Left of the sale", "该笔剩余可退"),
  SHIFT_OPENED("SHIFT OPENED", "开班凭条"),
  SHIFT_CLOSED("SHIFT CLOSED", "交班凭条"),
  SHIFT_ANSWER("SHIFT RECONCILED", "对账凭条"),
  SHIFT("Shift", "班次"),
  RECORDS("Records", "流水号"),
  SALES("Sales", "消费"),
  VOIDS("Voids", "撤销"),
  REFUNDS("Refunds", "退款"),
  SERVER("Server", "服务器"),
  DIFFERENCE("DIFFERENCE", "差额"),
  MISSING("missing at the server", "服务器缺少的流水"),
  UNBOOKED("not booked", "未入账的流水"),
  CODE("Receipt code", "小票验证码"),
  ITEM("Item", "商品");

  private final String english;
  private final String chinese;

  ReceiptWord(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  String in(Language language) {
    return switch (language) {
      case ENGLISH -> english;
      case CHINESE -> chinese;
    };
  }
}
