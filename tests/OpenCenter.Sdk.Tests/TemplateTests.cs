namespace OpenCenter.Sdk.Tests;

/// <summary>How a cluster and a service package begin: <c>dotnet new</c>.</summary>
public sealed class TemplateTests(PackedSdk sdk) : IClassFixture<PackedSdk>
{
    private string Feed => Path.Combine(sdk.Root, "feed");

    [Fact]
    public void A_new_cluster_builds_and_takes_a_new_service()
    {
        Install("hive");
        PackService();

        PackedSdk.Succeed(New("hive", "opencenter-cluster", "--name", "dev", "--feed", Feed));
        var cluster = Path.Combine(sdk.Root, "dev");
        Assert.Contains("dev -> flux (1 service, 1 component,", PackedSdk.Succeed(sdk.Run(cluster, "build", "--tl:off")), StringComparison.Ordinal);

        PackedSdk.Succeed(New("hive", "opencenter-service", "--name", "Acme.Services.WebShop", "--feed", Feed, "--chartVersion", "2.3.4"));
        PackedSdk.Succeed(sdk.Run(Path.Combine(sdk.Root, "Acme.Services.WebShop"), "pack", "--output", Feed, "-warnaserror"));
        PackedSdk.Succeed(sdk.Run(cluster, "add", "package", "Acme.Services.WebShop"));
        PackedSdk.Succeed(sdk.Run(cluster, "build", "-warnaserror"));

        Assert.Contains("version: \"2.3.4\"", File.ReadAllText(Path.Combine(cluster, "flux/components/web-shop/helmrelease.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_cluster_is_of_its_provider()
    {
        Install("providers");

        foreach (var provider in (string[])["kind", "openstack", "vsphere", "baremetal"])
        {
            PackedSdk.Succeed(New("providers", "opencenter-cluster", "--name", provider, "--provider", provider, "--domain", "prod.example.org"));

            var project = File.ReadAllText(Path.Combine(sdk.Root, provider, $"{provider}.csproj"));
            Assert.Contains($"<ClusterProvider>{provider}</ClusterProvider>", project, StringComparison.Ordinal);
            Assert.Contains("<ClusterDomain>prod.example.org</ClusterDomain>", project, StringComparison.Ordinal);
            Assert.Equal(provider == "kind", project.Contains("<ClusterProfile>minimal</ClusterProfile>", StringComparison.Ordinal));
            Assert.False(File.Exists(Path.Combine(sdk.Root, provider, "nuget.config")));
        }
    }

    private (int ExitCode, string Output) New(string hive, params string[] arguments) =>
        sdk.Run(sdk.Root, ["new", .. arguments, "--debug:custom-hive", Path.Combine(sdk.Root, hive)]);

    private void Install(string hive)
    {
        PackedSdk.Succeed(sdk.Run(sdk.InRepository("content/templates"), "pack", "--output", Feed));
        PackedSdk.Succeed(New(hive, "install", Path.Combine(Feed, "OpenCenter.Templates.0.1.0.nupkg")));
    }

    // A copy, since a service is built as its authors build it, and here on this SDK.
    private void PackService()
    {
        var content = sdk.InRepository("content");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(content, "cert-manager"), "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(content, file);
            if (!path.StartsWith("cert-manager/obj", StringComparison.Ordinal) && !path.StartsWith("cert-manager/bin", StringComparison.Ordinal))
            {
                sdk.Write(path, File.ReadAllText(file));
            }
        }

        PackedSdk.Succeed(sdk.Run(Path.Combine(sdk.Root, "cert-manager"), "pack", "--output", Feed));
    }
}
