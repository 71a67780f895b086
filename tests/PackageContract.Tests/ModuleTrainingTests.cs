using TorchSharp;
using static PackageContract.Tests.ModuleGolden;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class ModuleTrainingTests
{
    static TorchSharp.Modules.Sequential Network() => Sequential(
        Conv2d(3, 8, 3, padding: 1),
        BatchNorm2d(8),
        ReLU(),
        MaxPool2d(2),
        Conv2d(8, 16, 3, groups: 2, bias: false),
        BatchNorm2d(16),
        ReLU(),
        AdaptiveAvgPool2d(1),
        Flatten(),
        Linear(16, 10));

    [Fact]
    public void Fifty_steps_of_training_give_PyTorchs_losses()
    {
        manual_seed(0);
        using var net = Network();
        Same("training.weights", [.. net.parameters().Select(p => p.to(ScalarType.Float64).sum().ToDouble())], 1e-12);
        using var optimizer = optim.SGD(net.parameters(), 0.05, momentum: 0.9, weight_decay: 5e-4);
        var losses = new List<double>();
        long live = 0;
        for (int k = 0; k < 50; k++)
        {
            using (NewDisposeScope())
            {
                var data = Ramp([16, 3, 10, 10], 31 * k, ScalarType.Float32);
                var labels = ((arange(16) * 3) + k).remainder(10).to(ScalarType.Int64);
                optimizer.zero_grad();
                var loss = functional.cross_entropy(net.call(data), labels);
                loss.backward();
                optimizer.step();
                losses.Add(loss.ToDouble());
            }

            if (k == 10)
            {
                live = Expect.LiveTensors();
            }
        }

        Same("training.losses", [.. losses], 1e-5);
        Assert.Equal(live, Expect.LiveTensors());
        net.eval();
        Same("training.evaluation", Numbers(net.call(Ramp([4, 3, 10, 10], 77, ScalarType.Float32))), 1e-4);
    }
}
