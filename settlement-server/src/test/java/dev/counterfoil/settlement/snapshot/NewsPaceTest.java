package dev.counterfoil.settlement.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.SnapshotRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewsPaceTest {

  private static final Frame PART = Frame.getDefaultInstance();

  private final NewsPace pace = new NewsPace();

  private static SnapshotRequest has(long snapshot, long deny) {
    return SnapshotRequest.newBuilder().setHaveSnapshot(snapshot).setHaveDeny(deny).build();
  }

  /// The terminal asks, and what is found brings it to these versions.
  private void served(SnapshotRequest request, long snapshot, long deny) {
    assertThat(pace.asked(request)).contains(request);
    pace.looked(request, new News(List.of(PART), snapshot, deny));
  }

  @Test
  void theFirstRequestIsLookedAtAtOnceThoughItHasAll() {
    assertThat(pace.asked(has(0, 0))).contains(has(0, 0));
  }

  @Test
  void furtherPartsAreServedWithoutAPause() {
    served(has(0, 0), 5_000, 3);
    served(has(2_000, 3), 5_000, 3);
    served(has(4_000, 3), 5_000, 3);
  }

  @Test
  void whoeverJustGotAllWaitsForTheNextChange() {
    served(has(0, 0), 7, 3);

    assertThat(pace.asked(has(7, 3))).isEmpty();
    assertThat(pace.rose()).contains(has(7, 3));
  }

  @Test
  void aChangeBeforeTheTerminalAskedAgainIsNotForgotten() {
    served(has(0, 0), 7, 3);

    assertThat(pace.rose()).isEmpty();

    assertThat(pace.asked(has(7, 3))).contains(has(7, 3));
  }

  @Test
  void aChangeIsLookedAtOnce() {
    served(has(0, 0), 7, 3);
    assertThat(pace.rose()).isEmpty();
    served(has(7, 3), 8, 3);

    assertThat(pace.asked(has(8, 3))).isEmpty();
  }

  @Test
  void whoeverLostWhatHeGotIsServedAgainAtOnce() {
    served(has(0, 0), 7, 3);
    assertThat(pace.asked(has(7, 3))).isEmpty();

    served(has(6, 3), 7, 3);
    served(has(7, 2), 7, 3);
    served(has(0, 0), 7, 3);
  }

  @Test
  void aLookThatFoundNothingWaitsForTheNextChange() {
    assertThat(pace.asked(has(7, 3))).contains(has(7, 3));
    pace.looked(has(7, 3), new News(List.of(), 7, 3));

    assertThat(pace.rose()).contains(has(7, 3));
    assertThat(pace.rose()).isEmpty();
  }

  @Test
  void whatNobodyHadTimeForIsLookedAtWithTheNextChange() {
    assertThat(pace.asked(has(7, 3))).contains(has(7, 3));
    pace.postponed(has(7, 3));

    assertThat(pace.rose()).contains(has(7, 3));
  }
}
