package dev.counterfoil.sim.virtual;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.money.Money;

/// Frames of the link as a line for people: what it is and the figures that matter. Pure.
final class LinkText {

  private static final int NAME = "OUTCOMES_".length();

  private LinkText() {}

  static String of(Frame frame) {
    return frame.getBodyCase() + facts(frame);
  }

  @SuppressWarnings("EnumOrdinal")
  private static String facts(Frame frame) {
    return switch (frame.getBodyCase()) {
      case HELLO -> " head=" + frame.getHello().getHead().getSeq();
      case PUSH -> " records=" + frame.getPush().getRecordsCount() + " after=" + frame.getPush().getOldSeq();
      case ACK -> ack(frame);
      case NACK -> " " + frame.getNack().getReason();
      case FETCH -> " " + frame.getFetch().getFromSeq() + "-" + frame.getFetch().getToSeq();
      case AUTHORIZE -> " " + Money.decimal(frame.getAuthorize().getAmountMinor());
      case DECISION -> decision(frame.getDecision());
      case ERRAND -> " " + frame.getErrand().getWhatCase();
      case ERRAND_ANSWER -> " " + frame.getErrandAnswer().getWhatCase()
          + (frame.getErrandAnswer().getProblem().isEmpty() ? ""
              : " " + frame.getErrandAnswer().getProblem());
      case WELCOME, EPOCH_CONFIRM, FETCHED, CANCEL, CANCELLED, SNAPSHOT_REQUEST, SNAPSHOT_DELTA, DENY_LIST,
          CONFIG, CATALOGUE, COMMAND, RESULT, PING, PONG, GOODBYE, ENROL_REQUEST, ENROL_REPLY, BODY_NOT_SET ->
        "";
    };
  }

  private static String ack(Frame frame) {
    try {
      var statement = AckStatement.parseFrom(frame.getAck().getStatement().getPayload());
      return " received=" + statement.getReceived().getSeq() + " settled=" + statement.getSettled().getSeq()
          + " safe=" + statement.getSafe().getSeq();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the server's own acknowledgement", e);
    }
  }

  private static String decision(Decision decision) {
    String outcome = decision.getOutcome().name().substring(NAME);
    return " " + outcome + (decision.getReason().isEmpty() ? "" : " " + decision.getReason());
  }
}
