package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Command;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Result;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.sale.Screen;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator orders over the link.
class ServerCommandTest {

  @TempDir
  Path folder;

  private CoreRig rig;

  @BeforeEach
  void connected() {
    rig = CoreRig.enrolled(folder);
    rig.connectBoth();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Result order(String name) {
    int before = rig.sent.size();
    send(name);
    return rig.sent.subList(before, rig.sent.size()).stream().filter(Frame::hasResult).map(Frame::getResult)
        .reduce((_, _) -> {
          throw new AssertionError("answered twice");
        }).orElseThrow();
  }

  private void send(String name) {
    rig.receive(Channel.CHANNEL_DESK,
        Frame.newBuilder().setCommand(Command.newBuilder().setId(7).setName(name)).build());
  }

  private void restart(long boot) {
    rig.close();
    rig = CoreRig.started(folder, boot);
  }

  @Test
  void rotateIsAnsweredWithTheRecordOnceItIsDurableAndItIsSentToTheServer() {
    Result result = order("rotate");

    var rotation = rig.records().getLast();
    assertThat(rotation.kind()).contains(RecordKind.KEY_ROTATE);
    assertThat(result.getOk()).isTrue();
    assertThat(result.getId()).isEqualTo(7);
    assertThat(result.getDetail()).isEqualTo("seq=" + rotation.seq());
    assertThat(rig.received()).isEqualTo(rotation.position());
    assertThat(rotation.keyId()).isEqualTo(CoreRig.KEY.key().id());
  }

  @Test
  void theKeyThatWasRotatedToSignsInTheNextRunToo() {
    order("rotate");
    restart(2);
    rig.connectBoth();

    assertThat(order("lock").getOk()).isTrue();
    assertThat(rig.records().getLast().keyId()).isEqualTo(CoreRig.nextKey(1).key().id());
    assertThat(rig.core.health()).isEqualTo("LOCKED");
  }

  @Test
  void rotateWhileTheJournalIsBusyIsAnsweredOnlyAfterIt() {
    rig.holdJournal();
    send("rotate");
    assertThat(rig.sent).noneMatch(Frame::hasResult);

    rig.releaseJournal();
    assertThat(rig.sent).filteredOn(Frame::hasResult).hasSize(1);
  }

  @Test
  void aLockedTerminalShowsItsCodeDeclinesEverySaleAndIsLockedAfterARestart() {
    assertThat(order("lock").getDetail()).isEqualTo("state=LOCKED");
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.OutOfOrder("LOCKED"));
    rig.buy(5, CoreRig.CARD);
    assertThat(rig.kinds()).doesNotContain(RecordKind.SALE);

    restart(2);
    assertThat(rig.core.health()).isEqualTo("LOCKED");
    rig.connectBoth();
    assertThat(rig.core.health()).as("contact does not unlock it").isEqualTo("LOCKED");

    assertThat(order("unlock").getDetail()).isEqualTo("state=READY");
    assertThat(rig.screens.getLast()).isInstanceOf(Screen.Ready.class);
    restart(3);
    assertThat(rig.core.health()).isEqualTo("READY");
  }

  @Test
  void diagnoseTellsHowItStands() {
    rig.acknowledgeAll();
    rig.happen(new Event.DeviceFailed("display", "NO_ANSWER"));

    Result result = order("diagnose");

    assertThat(result.getOk()).isTrue();
    assertThat(result.getDetail()).startsWith("state=READY head=" + rig.records().size() + " unsent=0 ")
        .contains(" capacity=1000000 ", " mirror=WELL ", " clock=", " up_s=0 ", " devices=display:NO_ANSWER");
  }

  @Test
  void aCommandThatNobodyKnowsIsSaidToBeUnknown() {
    Result result = order("dance");

    assertThat(result.getOk()).isFalse();
    assertThat(result.getCode()).isEqualTo("UNKNOWN_COMMAND");
  }
}
