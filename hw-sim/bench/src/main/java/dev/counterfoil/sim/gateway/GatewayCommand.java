package dev.counterfoil.sim.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `counterfoil sim gateway`: both payment gateways until Ctrl-C.
@Command(name = "gateway", mixinStandardHelpOptions = true, description = "WeChat Pay and Alipay on loopback, until Ctrl-C; worked by HTTP below /sim/.")
public final class GatewayCommand implements Callable<Integer> {

  @Option(names = "--port", defaultValue = "8411", description = "Port on loopback; 0 for any (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--keys", required = true, paramLabel = "DIR", description = "Where the merchant's key and the gateway's public key are written, new ones each time.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path keys;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SimulatorKeys made = SimulatorKeys.generate();
    made.write(keys);
    try (GatewaySimulator simulator = listen(made)) {
      var out = spec.commandLine().getOut();
      out.println(
          "WeChat Pay " + simulator.wechatAddress() + " mchid=" + SimulatorKeys.MERCHANT_ID + " appid="
              + SimulatorKeys.APP_ID + " serial=" + SimulatorKeys.MERCHANT_SERIAL + " platform="
              + SimulatorKeys.PLATFORM_SERIAL);
      out.println("Alipay " + simulator.alipayAddress() + " app_id=" + SimulatorKeys.ALIPAY_APP_ID);
      out.println("POST " + simulator.wechatAddress() + "/sim/pay/ORDER, /sim/misbehave/KIND, /sim/release");
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    }
  }

  private GatewaySimulator listen(SimulatorKeys made) {
    try {
      return GatewaySimulator.start(port, made, InstantSource.system());
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(),
          "cannot listen at port " + port + ": " + e.getMessage());
    }
  }
}
