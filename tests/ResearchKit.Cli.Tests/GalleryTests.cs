using System.Text.RegularExpressions;

namespace ResearchKit.Cli.Tests;

public sealed class GalleryTests : IDisposable
{
    readonly Kit _kit = new();

    public void Dispose() => _kit.Dispose();

    [Fact]
    public void The_gallery_holds_every_page_that_its_first_page_links_to()
    {
        _kit.In("reproduce", "toy-net");
        _kit.In("reproduce", "toy-net", "--set", "Rate=0.2");
        var notebook = Notebook("toy-net.out.ipynb", "# Toys in a notebook");
        var folder = Path.Combine(_kit.Folder, "site");
        var (code, output, error) = _kit.Run("gallery", notebook, "--out", folder, "--runs", _kit.Folder);
        Assert.True(code == 0, error);
        Assert.Contains(Path.Combine(folder, "index.html"), output);
        var index = File.ReadAllText(Path.Combine(folder, "index.html"));
        var links = Regex.Matches(index, "href=\"([^\"#:]+)\"").Select(link => link.Groups[1].Value).ToHashSet();
        // Runs with other parameters are not pooled and have pages of their own.
        Assert.Superset(new HashSet<string> { "toy-net-quick.html", "toy-net-quick-2.html", "notebook-toy-net.html" }, links);
        foreach (var link in links)
            Assert.Contains("href=\"index.html\"", File.ReadAllText(Path.Combine(folder, link)));
        Assert.Contains("Toys in a notebook", File.ReadAllText(Path.Combine(folder, "notebook-toy-net.html")));
    }

    [Fact]
    public void A_notebook_that_is_not_there_is_said_before_anything_is_written()
    {
        var folder = Path.Combine(_kit.Folder, "site");
        var (code, _, error) = _kit.Run("gallery", "missing.ipynb", "--out", folder, "--runs", _kit.Folder);
        Assert.Equal(2, code);
        Assert.Contains("missing.ipynb", error);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void The_report_of_a_notebook_lies_beside_it()
    {
        var notebook = Notebook("some.out.ipynb", "# Some <b>thing</b>");
        var (code, output, error) = _kit.Run("report", notebook);
        Assert.True(code == 0, error);
        var page = Path.Combine(_kit.Folder, "some.out.html");
        Assert.Equal(page, output.Trim());
        Assert.Contains("Some <b>thing</b>", File.ReadAllText(page));
    }

    [Fact]
    public void Two_runs_are_compared_and_other_counts_are_refused()
    {
        _kit.In("reproduce", "toy-net");
        _kit.In("reproduce", "toy-net", "--set", "Rate=0.2");
        var folders = Directory.GetDirectories(_kit.Folder, "toy-net-*").Order().ToArray();
        var page = Path.Combine(_kit.Folder, "both.html");
        var (code, output, error) = _kit.Run("report", "--compare", folders[0], folders[1], "--out", page, "--runs", _kit.Folder);
        Assert.True(code == 0, error);
        Assert.Equal(page, output.Trim());
        Assert.Contains("<code>rate</code>", File.ReadAllText(page));
        Assert.Contains("two runs", _kit.Run("report", "--compare", folders[0]).Error);
        Assert.Equal(2, _kit.Run("report", folders[0], folders[1]).Code);
    }

    string Notebook(string name, string text)
    {
        var path = Path.Combine(_kit.Folder, name);
        File.WriteAllText(path, $$"""
            {"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["{{text}}"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
            """);
        return path;
    }
}
