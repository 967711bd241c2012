package dev.counterfoil.settlement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.proto.v1.Channel;
import org.junit.jupiter.api.Test;

class LiveSessionsTest {

  private static final TerminalId TERMINAL = new TerminalId(0, 1);

  private final LiveSessions<String> live = new LiveSessions<>(2);

  @Test
  void aCertificateMayReplaceItsTwoConnectionsButNotCollectMore() {
    for (int i = 0; i < 4; i++) {
      assertThat(live.opened(TERMINAL)).isTrue();
    }
    assertThat(live.opened(TERMINAL)).isFalse();
    assertThat(live.opened(new TerminalId(0, 2))).isTrue();
    live.closed(TERMINAL, Channel.CHANNEL_DESK, "first");
    assertThat(live.opened(TERMINAL)).isTrue();
  }

  @Test
  void aReplacedSessionThatClosesLaterDoesNotTakeItsSuccessorsPlace() {
    live.opened(TERMINAL);
    live.opened(TERMINAL);
    live.welcome(TERMINAL, Channel.CHANNEL_JOURNAL, "old");
    assertThat(live.welcome(TERMINAL, Channel.CHANNEL_JOURNAL, "new")).contains("old");
    live.closed(TERMINAL, Channel.CHANNEL_JOURNAL, "old");
    assertThat(live.current(TERMINAL, Channel.CHANNEL_JOURNAL)).contains("new");
    assertThat(live.all(Channel.CHANNEL_JOURNAL)).containsExactly("new");
    assertThat(live.all(Channel.CHANNEL_DESK)).isEmpty();
  }
}
