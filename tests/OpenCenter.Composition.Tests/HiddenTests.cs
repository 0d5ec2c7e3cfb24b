namespace OpenCenter.Composition.Tests;

/// <summary>No value that may be secret is shown, whatever else is wrong with it.</summary>
public sealed class HiddenTests : IDisposable
{
    // A number that loses digits, so that a diagnostic would like to show it.
    private const string Canary = "90071992547409931";

    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_diagnostic_does_not_quote_what_stands_under_the_name_of_a_secret()
    {
        _cluster.Service("alpha").File("values/alpha.yaml", $"port: 90071992547409933\nadminPassword: {Canary}\n");

        var found = _cluster.Build().Diagnostics;

        Assert.Contains(found, diagnostic => diagnostic.Code == "OC3022" && diagnostic.Message.Contains("90071992547409933", StringComparison.Ordinal));
        Assert.Contains(found, diagnostic => diagnostic.Code == "OC3022" && diagnostic.Message.Contains("(hidden)", StringComparison.Ordinal));
        Assert.All(found, diagnostic => Assert.DoesNotContain(Canary, diagnostic.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_that_an_override_replaces_does_not_name_the_secrets_that_it_loses()
    {
        _cluster.Service("alpha", files: ("values/base.yaml", "hosts: [one, two]\npasswords: [canary-of-base]\n"))
            .File("values/alpha.yaml", "hosts: [one]\npasswords: []\n");

        var dropped = _cluster.Build().Diagnostics.Where(diagnostic => diagnostic.Code == "OC3016").Select(diagnostic => diagnostic.Message).ToArray();

        Assert.Contains(dropped, text => text.Contains("'two'", StringComparison.Ordinal));
        Assert.All(dropped, text => Assert.DoesNotContain("canary", text, StringComparison.Ordinal));
    }

    [Fact]
    public void ClusterExplain_and_its_report_say_who_set_a_secret_and_not_what()
    {
        _cluster.Service("alpha", files: ("values/base.yaml", "db: {user: shop, password: canary-of-base}\nenv:\n- {name: DB_PASSWORD, value: canary-of-env}\n"));

        var result = _cluster.Explain("alpha");
        var shown = result.Text + File.ReadAllText(_cluster.ExplainFile) + string.Concat(result.Values.Select(value => value.Value));

        Assert.Contains("alpha:db.password", result.Text, StringComparison.Ordinal);
        Assert.Contains("shop", shown, StringComparison.Ordinal);
        Assert.Contains("(hidden)", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", shown, StringComparison.Ordinal);
    }
}
