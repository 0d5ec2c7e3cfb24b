using System.Text.Json;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Secrets;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>The shared samples of SOPS files, each built as a part of a cluster.</summary>
public sealed class SopsVectorTests
{
    // Their names of findings, and ours.
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["OC5001"] = "not-encrypted",
        ["OC5002"] = "clear-value",
        ["OC5003"] = "enc-malformed",
        ["OC5004"] = "encrypted-metadata",
        ["OC5005"] = "mac-missing",
        ["OC5006"] = "regex-not-anchored",
        ["OC5007"] = "recipient-missing",
        ["OC5008"] = "recipient-unexpected",
        ["OC5020"] = "clear-value",
    };

    private static string Folder => Path.Combine(Needs.Shared, "vectors/sops");

    [SkippableFact]
    public void Every_sample_gives_its_findings()
    {
        Needs.SharedData();
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "expected.json")));
        var files = expected.RootElement.GetProperty("files").EnumerateArray().ToArray();

        Assert.All(files, file => Assert.Equal(
            file.GetProperty("findings").EnumerateArray().Select(Text).Order(StringComparer.Ordinal),
            FindingsOf(file).Order(StringComparer.Ordinal)));
        Assert.True(files.Length >= 12);

        static string Text(JsonElement finding) =>
            $"{finding.GetProperty("code")} {finding.GetProperty("path")} {(finding.TryGetProperty("recipient", out var recipient) ? recipient.ToString() : "")}".TrimEnd();
    }

    [SkippableFact]
    public void Every_path_finds_its_creation_rule()
    {
        Needs.SharedData();
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "expected.json")));
        var rules = expected.RootElement.GetProperty("creationRules");
        var (file, diagnostics) = (Path.Combine(Folder, rules.GetProperty("config").GetString()!), new DiagnosticBag());
        var configuration = SopsConfiguration.Read(new SourceFile(file, File.ReadAllBytes(file)), diagnostics)!;

        Assert.Equal("OC5013", Assert.Single(diagnostics.ToSorted()).Code);
        Assert.All(rules.GetProperty("cases").EnumerateArray(), item =>
        {
            var rule = configuration.RuleOf(Path.Combine(Folder, item.GetProperty("path").GetString()!))!;
            Assert.Equal(item.GetProperty("rule").GetInt32(), configuration.Rules.IndexOf(rule));
            Assert.Equal(item.GetProperty("recipients").EnumerateArray().Select(recipient => recipient.GetString()), rule.Recipients.Select(recipient => recipient.Id));
            Assert.Equal(item.GetProperty("encrypted_regex").GetString(), rule.Rule?.Text.Value);
        });
    }

    private static string[] FindingsOf(JsonElement file)
    {
        var name = file.GetProperty("file").GetString()!;
        var text = File.ReadAllText(Path.Combine(Folder, name));
        using var cluster = new TestCluster().Service("app")
            .File(".sops.yaml", $"creation_rules:\n- age: [{string.Join(", ", file.GetProperty("allowedRecipients").EnumerateArray().Select(recipient => recipient.GetString()))}]\n");
        if (file.GetProperty("format").GetString() == "dotenv")
        {
            cluster.File("resources/app/x.env", text).File("resources/app/kustomization.yaml", "kind: Kustomization\nsecretGenerator: [{name: x, namespace: app, envs: [x.env]}]\n");
        }
        else
        {
            cluster.File(text.StartsWith("apiVersion:", StringComparison.Ordinal) ? "resources/app/x.sops.yaml" : "values/app.sops.yaml", text);
        }

        return [.. cluster.Build().Diagnostics.Where(found => found.Code.StartsWith("OC5", StringComparison.Ordinal)).Select(Text)];
    }

    private static string Text(Diagnostic found)
    {
        var words = found.Message.Split(' ', ',', '.');
        var path = found.Message.StartsWith('\'') ? found.Message.Split('\'')[1] : "";
        return $"{Codes[found.Code]} {path} {words.FirstOrDefault(word => word.StartsWith("age1", StringComparison.Ordinal))}".TrimEnd();
    }
}
