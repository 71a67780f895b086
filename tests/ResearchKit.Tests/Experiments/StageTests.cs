using ResearchKit.Experiments;

namespace ResearchKit.Tests.Experiments;

public sealed class StageTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly RunStore _store;
    int _produced;

    public StageTests() => _store = new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    string Baseline(Experiment run, object? parameters = null, IReadOnlyList<DataUse>? data = null) => run.Stage(
        "base/line", parameters ?? new { Epochs = 3 },
        stage =>
        {
            _produced++;
            File.WriteAllText(stage.File("net"), $"net {run.Seed}");
            return $"net {run.Seed}";
        },
        stage => File.ReadAllText(stage.File("net")), data);

    StoredRun Run(Action<Experiment> run, int epochs = 1, int seed = 1, bool again = false) => _store.Run(new()
    {
        Recipe = new ToyRecipe((_, r) => run(r)),
        Parameters = new ToyParameters { Epochs = epochs },
        Seed = seed,
        Again = again,
    });

    [Fact]
    public void A_stage_is_done_once_for_all_runs_that_ask_for_the_same()
    {
        Run(run => { Assert.Equal("net 1", Baseline(run)); Assert.Equal("net 1", Baseline(run)); });
        Run(run => Assert.Equal("net 1", Baseline(run)), epochs: 2);
        Assert.Equal(1, _produced);
    }

    [Fact]
    public void Seed_parameters_and_data_make_another_stage()
    {
        DataUse Data(string checksum) => new("mnist", "here", false, new Dictionary<string, string> { ["train"] = checksum });
        Run(run =>
        {
            Baseline(run);
            Baseline(run, new { Epochs = 4 });
            Baseline(run, data: [Data("a")]);
            Baseline(run, data: [Data("b")]);
            run.Uses(Data("b"));
            Baseline(run);
        });
        Run(run => Assert.Equal("net 2", Baseline(run)), seed: 2);
        Assert.Equal(5, _produced);
    }

    [Fact]
    public void An_interrupted_stage_resumes_with_what_it_left()
    {
        string Counted(Experiment run, bool interrupt) => run.Stage("count", new { }, stage =>
        {
            Assert.Equal(!interrupt, stage.Resumed);
            if (interrupt)
            {
                File.WriteAllText(stage.File("checkpoint"), "5");
                throw new OperationCanceledException();
            }
            return File.ReadAllText(stage.File("checkpoint"));
        }, _ => throw new InvalidOperationException("not complete"));

        Assert.Throws<OperationCanceledException>(() => Run(run => Counted(run, interrupt: true)));
        Run(run => Assert.Equal("5", Counted(run, interrupt: false)));
    }

    [Fact]
    public void Again_does_the_stages_again_and_once_only()
    {
        Run(run => Baseline(run));
        Run(run => { Baseline(run); Baseline(run); }, again: true);
        Assert.Equal(2, _produced);
    }

    [Fact]
    public void Two_at_once_on_one_stage_end_with_a_message_for_the_second() => Run(run => run.Stage<int>("slow", new { }, _ =>
    {
        var other = Assert.Throws<RunBusyException>(() => Run(r => r.Stage<int>("slow", new { }, _ => 0, _ => 0), epochs: 2));
        Assert.Contains("stage slow (seed 1)", other.Message);
        return 1;
    }, _ => 1));

    [Fact]
    public void A_cancelled_run_begins_no_stage()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => _store.Run(new()
        {
            Recipe = new ToyRecipe((_, run) => Baseline(run)),
            Cancellation = cancelled.Token,
        }));
        Assert.Equal(0, _produced);
    }

    [Fact]
    public void An_experiment_without_a_store_keeps_its_stages_in_its_folder()
    {
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        Assert.Equal("net 1", Baseline(run));
        Assert.Equal("net 1", Baseline(run));
        Assert.Equal(1, _produced);
    }
}
