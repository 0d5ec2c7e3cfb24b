using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary>The records of what was written decide what is removed: one that is not as a build writes it is refused, at its place.</summary>
public sealed class TreeRecordTests : IDisposable
{
    private readonly TestCluster _cluster = new TestCluster().Service("alpha").Service("beta");

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("alpha", "{\n", "[]{\n", 1, "it is not a map")]
    [InlineData("alpha", "\"format\": 1,", "\"format\": 2,", 2, "another version of the SDK wrote it, in a format that this one does not know")]
    [InlineData("alpha", "\"format\": 1,", "\"format\": 1.5,", 2, "another version of the SDK wrote it, in a format that this one does not know")]
    [InlineData("alpha", "\"format\": 1,", "\"format\": \"1\",", 2, "'format' is not a number")]
    [InlineData("alpha", "\"format\": 1,", "\"format\": 1, \"format\": 1,", 2, "'format' does not belong here")]
    [InlineData("alpha", "\"format\": 1,", "", 0, "a field is missing")]
    [InlineData("alpha", "\"package\": \"Test.alpha/1.0.0\",", "", 0, "a field is missing")]
    [InlineData("alpha", "\"package\": \"Test.alpha/1.0.0\"", "\"package\": 1", 3, "'package' is not a text")]
    [InlineData("alpha", "\"package\"", "\"sdk\"", 3, "'sdk' does not belong here")]
    [InlineData("alpha", "\"package\"", "\"project\": \"x\", \"package\"", 3, "'project' does not belong here")]
    [InlineData("alpha", "\"objects\": [", "\"objects\": 1, \"x\": [", 4, "'objects' is not a list")]
    [InlineData("alpha", "\"objects\": [", "\"objects\": [1,", 4, "an object is not a text")]
    [InlineData("alpha", "\"files\": {", "\"files\": [], \"x\": {", 8, "'files' is not a map")]
    [InlineData("alpha", "\"components/alpha/helmrelease.yaml\"", "\"../x\"", 9, "it names '../x', which no build writes")]
    [InlineData("alpha", "\"components/alpha/helmrelease.yaml\"", "\".opencenter/x.json\"", 9, "it names '.opencenter/x.json', which no build writes")]
    [InlineData("alpha", "\"components/alpha/helmrelease.yaml\"", "\"components/alpha/kustomization.yaml\"", 10, "it names 'components/alpha/kustomization.yaml' twice")]
    [InlineData("alpha", "helmrelease.yaml\": \"", "helmrelease.yaml\": \"0", 9, "the value of 'components/alpha/helmrelease.yaml' is no SHA-256 in lower-case hex")]
    [InlineData("alpha", "\": \"", "\": \"G", 0, "the value of 'components/alpha/helmrelease.yaml' is no SHA-256 in lower-case hex")]
    [InlineData("alpha", "\n}\n", "\n}\n}\n", 0, "it is not JSON")]
    [InlineData("cluster", "\"sdk\"", "\"package\"", 3, "'package' does not belong here")]
    [InlineData("cluster", "\"sdk\": \"0.1.0\",", "", 0, "a field is missing")]
    [InlineData("cluster", "\"project\": \"test.csproj\",", "", 0, "a field is missing")]
    [InlineData("cluster", "\"project\"", "\"project\": \"test.csproj\", \"project\"", 4, "'project' does not belong here")]
    public void A_record_that_no_build_wrote_is_refused_at_its_place(string name, string old, string changed, int line, string problem)
    {
        _cluster.BuildClean();
        var file = Path.Combine(_cluster.TreePath, $".opencenter/{name}.json");
        var text = File.ReadAllText(file);
        // Its first file's hash keeps its length.
        File.WriteAllText(file, changed.EndsWith('G') ? Lengthened(text) : Replaced(text, old, changed));

        var found = _cluster.Expect("OC6009");

        Assert.Equal($"This record of what was written can't be read: {problem}. Build with -p:FluxTreeMode=Overwrite to make it anew.", found.Message);
        Assert.Equal(file, found.Place!.Value.File);
        Assert.True(line == 0 || line == found.Place.Value.Line, $"{found.Place}");
    }

    [Fact]
    public void A_refusal_points_at_what_is_refused()
    {
        _cluster.BuildClean();
        var file = Path.Combine(_cluster.TreePath, ".opencenter/alpha.json");
        File.WriteAllText(file, Replaced(File.ReadAllText(file), "\"format\": 1,", "\"format\": \"1\","));

        Assert.Equal(new Place(file, 2, 13), _cluster.Expect("OC6009").Place);
    }

    [Fact]
    public void Conflict_markers_are_shown_where_they_begin()
    {
        _cluster.BuildClean();
        var file = Path.Combine(_cluster.TreePath, ".opencenter/alpha.json");
        File.WriteAllText(file, Replaced(File.ReadAllText(file), "  \"objects\"", "<<<<<<< ours\n  \"objects\""));

        Assert.Equal(new Place(file, 4, 1), _cluster.Expect("OC6009").Place);
    }

    [Fact]
    public void A_record_of_more_than_a_person_reads_is_refused()
    {
        _cluster.BuildClean();
        using (var stream = File.OpenWrite(Path.Combine(_cluster.TreePath, ".opencenter/alpha.json")))
        {
            stream.SetLength((16 * 1024 * 1024) + 1);
        }

        Assert.Contains("it is larger than 16 MiB", _cluster.Expect("OC6009").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Overwrite_repairs_what_a_merge_left_and_writes_the_files_that_both_sides_name()
    {
        _cluster.BuildClean();
        var (record, file) = (Path.Combine(_cluster.TreePath, ".opencenter/alpha.json"), Path.Combine(_cluster.TreePath, "components/alpha/helmrelease.yaml"));
        var (text, release) = (File.ReadAllText(record), File.ReadAllText(file));
        File.WriteAllText(record, "<<<<<<< ours\n" + text.Replace("\n", "\r\n", StringComparison.Ordinal));
        File.AppendAllText(file, "# merged\n");

        _cluster.Property("FluxTreeMode", "Overwrite").BuildClean();

        Assert.Equal(text, File.ReadAllText(record));
        Assert.Equal(release, File.ReadAllText(file));
    }

    [Fact]
    public void A_file_that_no_side_of_a_broken_record_names_is_a_persons()
    {
        _cluster.BuildClean();
        var (record, file) = (Path.Combine(_cluster.TreePath, ".opencenter/alpha.json"), Path.Combine(_cluster.TreePath, "components/alpha/helmrelease.yaml"));
        File.WriteAllText(record, "<<<<<<< ours\n" + string.Join('\n', File.ReadAllLines(record).Where(line => !line.Contains("helmrelease.yaml", StringComparison.Ordinal))));
        File.AppendAllText(file, "# mine\n");

        Assert.Equal(file, _cluster.Property("FluxTreeMode", "Overwrite").Expect("OC6001").Place!.Value.File);
    }

    [Fact]
    public void What_a_broken_record_names_is_not_removed_unseen()
    {
        _cluster.BuildClean();
        var record = Path.Combine(_cluster.TreePath, ".opencenter/beta.json");
        File.WriteAllText(record, "<<<<<<< ours\n" + File.ReadAllText(record));
        using var smaller = new TestCluster(_cluster.Root).Service("alpha").Property("FluxTreeMode", "Overwrite");

        Assert.Contains("'beta' is in the committed tree, but not in this build: the cluster would delete HelmRelease/beta/beta, Kustomization/flux-system/beta and all", smaller.Expect("OC6006").Message, StringComparison.Ordinal);
    }

    private static string Lengthened(string text)
    {
        var at = text.IndexOf("helmrelease.yaml\": \"", StringComparison.Ordinal) + "helmrelease.yaml\": \"".Length;
        return text[..at] + "G" + text[(at + 1)..];
    }

    private static string Replaced(string text, string old, string changed)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        return text[..at] + changed + text[(at + old.Length)..];
    }
}
