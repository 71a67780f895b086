namespace ResearchKit.Cli.Tests;

/// <summary>The command line with a folder of runs of its own.</summary>
sealed class Kit : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("kit-").FullName;

    public (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var code = KitApp.Run(arguments, output, error, recipes: [typeof(ToyRecipe).Assembly], plotlyJs: () => null);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>A command that takes the folder of runs as <c>--out</c>.</summary>
    public (int Code, string Output, string Error) In(params string[] arguments) => Run([.. arguments, "--out", Folder]);

    public string Record() => Directory.EnumerateFiles(Folder, "record.json", SearchOption.AllDirectories).First();

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
