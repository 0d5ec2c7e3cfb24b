using System.IO.Compression;
using System.Text;

namespace OpenCenter.Sdk.Tests;

/// <summary>A secret stands where somebody wrote it, and in the tree if the project says that it is none; a build shows it nowhere else.</summary>
public sealed class CanaryTests(PackedSdk sdk) : IClassFixture<PackedSdk>
{
    private const string Canary = "correct-Horse7battery";

    private static readonly string[] Forms = [Canary, Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary)), "90071992547409931"];

    [Fact]
    public void A_build_that_fails_shows_no_secret_in_its_log_its_binary_log_or_its_obj_folder()
    {
        var folder = Cluster("canary-fails", "");
        File.AppendAllText(Path.Combine(folder, "values/alpha.yaml"), "pin: {password: 90071992547409931}\n");

        var (code, output) = Build(folder, "build");
        Assert.NotEqual(0, code);
        Assert.All(["OC3022", "OC5020", "OC5021"], diagnostic => Assert.Contains(diagnostic, output, StringComparison.Ordinal));
        AssertHidden(folder, output);

        // What is not even YAML is not quoted either.
        File.AppendAllText(Path.Combine(folder, "values/alpha.yaml"), $"{Canary}\n");
        (code, output) = Build(folder, "build");
        Assert.NotEqual(0, code);
        Assert.Contains("OC3001", output, StringComparison.Ordinal);
        AssertHidden(folder, output);
    }

    [Fact]
    public void A_build_of_secrets_that_are_allowed_shows_none_and_neither_does_ClusterExplain()
    {
        var folder = Cluster("canary-allowed", """
            <ClusterAllow Include="alpha:auth.adminPassword;alpha:args[0];alpha:env[0].value;patches/alpha/p.yaml:spec.values.clientSecret;resources/alpha/s.yaml:data.password" Reason="a test" Expires="2126-12-31" />
            """);

        var (code, output) = Build(folder, "build");
        Assert.True(code == 0, output);
        Assert.Contains(Canary, File.ReadAllText(Path.Combine(folder, "flux/components/alpha/values.yaml")), StringComparison.Ordinal);
        AssertHidden(folder, output);

        (code, output) = Build(folder, "build", "-t:ClusterExplain", "-p:ClusterKey=alpha");
        Assert.True(code == 0, output);
        Assert.Contains("alpha:auth.adminPassword", output, StringComparison.Ordinal);
        AssertHidden(folder, output);

        (code, output) = sdk.Run(folder, "build", "-t:ClusterExplain", "-p:ClusterKey=alpha:auth", "-getTargetResult:ClusterExplain");
        Assert.True(code == 0, output);
        Assert.Contains("adminPassword", output, StringComparison.Ordinal);
        AssertHidden(folder, output);
    }

    private string Cluster(string name, string allow)
    {
        var folder = sdk.Cluster(name, reference: "<PackageReference Include=\"Acme.Alpha\" Version=\"1.0.0\" />" + allow);
        sdk.Write($"{name}/values/alpha.yaml", $"auth:\n  adminPassword: {Canary}\nargs: [--smtp-password={Canary}]\nenv: [{{name: DB_PASSWORD, value: {Canary}}}]\n");
        sdk.Write($"{name}/patches/alpha/p.yaml", $"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {{name: alpha}}\nspec: {{values: {{clientSecret: {Canary}}}}}\n");
        sdk.Write($"{name}/resources/alpha/s.yaml", $"apiVersion: v1\nkind: Secret\nmetadata: {{name: s, labels: {{example.com/for: all}}}}\ndata: {{password: {Forms[1]}}}\n");
        return folder;
    }

    private (int ExitCode, string Output) Build(string folder, params string[] arguments) =>
        sdk.Run(folder, [.. arguments, "--tl:off", "-verbosity:diagnostic", "-bl:LogFile=canary.binlog;ProjectImports=ZipFile"]);

    private static void AssertHidden(string folder, string output)
    {
        Assert.All(Forms, form => Assert.DoesNotContain(form, output, StringComparison.Ordinal));
        Assert.All(Directory.EnumerateFiles(Path.Combine(folder, "obj"), "*", SearchOption.AllDirectories), file => AssertHidden(file, File.ReadAllBytes(file)));
        using (var log = new GZipStream(File.OpenRead(Path.Combine(folder, "canary.binlog")), CompressionMode.Decompress))
        {
            var bytes = ReadAll(log);
            Assert.True(bytes.AsSpan().IndexOf("_BuildFluxTree"u8) >= 0);
            AssertHidden("canary.binlog", bytes);
        }

        using var imports = ZipFile.OpenRead(Path.Combine(folder, "canary.ProjectImports.zip"));
        Assert.NotEmpty(imports.Entries);
        foreach (var entry in imports.Entries)
        {
            using var stream = entry.Open();
            AssertHidden(entry.FullName, ReadAll(stream));
        }
    }

    private static void AssertHidden(string file, byte[] content) => Assert.All(Forms, form => Assert.True(
        content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) < 0 && content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(form)) < 0, file));

    private static byte[] ReadAll(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
