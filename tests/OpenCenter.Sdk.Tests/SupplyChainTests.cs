using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenCenter.Sdk.Tests;

/// <summary>What <c>docs/supply-chain.md</c> says: what NuGet keeps out, a cluster never sees.</summary>
public sealed class SupplyChainTests(PackedSdk sdk) : IClassFixture<PackedSdk>
{
    [Fact]
    public void With_the_configuration_of_the_page_only_what_a_trusted_signer_signed_is_restored()
    {
        var folder = sdk.Cluster("trusting", reference: "<PackageReference Include=\"Acme.Signed\" Version=\"1.0.0\" />");
        sdk.Service("signed");
        var fingerprint = WriteCertificate(Path.Combine(sdk.Root, "acme.pfx"));
        Directory.CreateDirectory(Path.Combine(sdk.Root, "signed-feed"));
        foreach (var package in (string[])["OpenCenter.Sdk.0.1.0.nupkg", "Acme.Signed.1.0.0.nupkg"])
        {
            File.Copy(Path.Combine(sdk.Root, "feed", package), Path.Combine(sdk.Root, "signed-feed", package));
            PackedSdk.Succeed(sdk.Run(sdk.Root, "nuget", "sign", $"signed-feed/{package}", "--certificate-path", "acme.pfx"));
        }

        // The certificate of a test has no authority above it.
        sdk.Write("trusting/nuget.config", Regex.Match(File.ReadAllText(sdk.InRepository("docs/supply-chain.md")), "<configuration>.*?</configuration>", RegexOptions.Singleline).Value
            .Replace("https://packages.example.com/platform/v3/index.json", Path.Combine(sdk.Root, "signed-feed"), StringComparison.Ordinal)
            .Replace(new string('0', 64), fingerprint, StringComparison.Ordinal)
            .Replace("allowUntrustedRoot=\"false\"", "allowUntrustedRoot=\"true\"", StringComparison.Ordinal));

        PackedSdk.Succeed(sdk.Run(folder, Packages("of-signed"), "build"));
        File.Copy(Path.Combine(sdk.Root, "feed/Acme.Signed.1.0.0.nupkg"), Path.Combine(sdk.Root, "signed-feed/Acme.Signed.1.0.0.nupkg"), overwrite: true);
        Refused("NU3004", sdk.Run(folder, Packages("of-unsigned"), "restore", "--force", "--no-cache", "--tl:off"));
    }

    [Fact]
    public void A_package_comes_from_no_source_but_its_own()
    {
        sdk.Service("mapped");
        Directory.CreateDirectory(Path.Combine(sdk.Root, "other"));
        File.Move(Path.Combine(sdk.Root, "feed/Acme.Mapped.1.0.0.nupkg"), Path.Combine(sdk.Root, "other/Acme.Mapped.1.0.0.nupkg"));
        var folder = sdk.Cluster("mapping", reference: "<PackageReference Include=\"Acme.Mapped\" Version=\"1.0.0\" />");
        const string Sources = "<packageSources><add key=\"other\" value=\"../other\" /></packageSources>";

        sdk.Write("mapping/nuget.config", $"<configuration>{Sources}<packageSourceMapping><packageSource key=\"feed\"><package pattern=\"OpenCenter.*\" /><package pattern=\"Acme.*\" /></packageSource></packageSourceMapping></configuration>");
        Refused("NU1101", sdk.Run(folder, "restore", "--tl:off"));

        sdk.Write("mapping/nuget.config", $"<configuration>{Sources}</configuration>");
        PackedSdk.Succeed(sdk.Run(folder, "restore"));
    }

    [Fact]
    public void A_package_that_is_not_the_one_of_the_lock_file_is_not_restored()
    {
        sdk.Service("exchanged");
        var folder = sdk.Cluster("exchange", "<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>", "<PackageReference Include=\"Acme.Exchanged\" Version=\"1.0.0\" />");
        PackedSdk.Succeed(sdk.Run(folder, "build"));

        sdk.Service("exchanged", files: new KeyValuePair<string, string>("values/ha.yaml", "replicas: 9\n"));

        Refused("NU1403", sdk.Run(folder, Packages("of-exchanged"), "restore", "--locked-mode", "--tl:off"));
    }

    [Theory]
    [InlineData("", "warning NU1903:")]
    [InlineData("<WarningsAsErrors>$(WarningsAsErrors);NU1903</WarningsAsErrors>", "error NU1903: Warning As Error:")]
    public void A_known_vulnerability_of_a_service_is_reported(string more, string expected)
    {
        var name = "audit-" + expected[..5].Trim();
        var folder = sdk.Cluster(name, more);
        using var server = new HttpListener();
        var address = Listen(server);
        sdk.Write($"{name}/nuget.config", $"<configuration><auditSources><add key=\"audit\" value=\"{address}index.json\" allowInsecureConnections=\"true\" /></auditSources></configuration>");
        _ = Serve(server, address, new Dictionary<string, string>
        {
            ["/index.json"] = $$"""{"version": "3.0.0", "resources": [{"@id": "{{address}}vulnerabilities.json", "@type": "VulnerabilityInfo/6.7.0"}]}""",
            ["/vulnerabilities.json"] = $$"""[{"@name": "base", "@id": "{{address}}base.json", "@updated": "2026-01-01T00:00:00Z"}]""",
            ["/base.json"] = """{"acme.alpha": [{"url": "https://example.com/advisory", "severity": 2, "versions": "(, 1.1.0)"}]}""",
        });

        var output = sdk.Run(folder, Packages($"of-{name}"), "restore", "--no-cache", "--tl:off").Output;

        Assert.Contains($"cluster.csproj : {expected} Package 'Acme.Alpha' 1.0.0 has a known high severity vulnerability, https://example.com/advisory", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_SDKs_bill_of_materials_names_every_package_whose_assemblies_it_ships()
    {
        using var zip = ZipFile.OpenRead(Path.Combine(sdk.Root, "feed/OpenCenter.Sdk.0.1.0.nupkg"));
        var bom = Json(zip, "bom.json");
        var shipped = Json(zip, "tools/net10.0/OpenCenter.Sdk.Tasks.deps.json")["libraries"]!.AsObject().Where(library => library.Value!["type"]!.GetValue<string>() == "package").Select(library => library.Key);

        Assert.Equal("pkg:nuget/OpenCenter.Sdk@0.1.0", bom["metadata"]!["component"]!["purl"]!.GetValue<string>());
        Assert.Equal(shipped.Order(StringComparer.Ordinal), bom["components"]!.AsArray().Select(part => $"{part!["name"]}/{part["version"]}"));
        Assert.All(bom["components"]!.AsArray(), part => Assert.NotEmpty(part!["licenses"]![0]!["expression"]!.GetValue<string>()));
    }

    private static void Refused(string code, (int ExitCode, string Output) result)
    {
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"error {code}", result.Output, StringComparison.Ordinal);
    }

    // NuGet looks at a package when it unpacks it, so each test unpacks anew.
    private Dictionary<string, string> Packages(string name) => new() { ["NUGET_PACKAGES"] = Path.Combine(sdk.Root, name) };

    private static string WriteCertificate(string file)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Acme", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx));
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }

    // A free port is one that somebody else may take before we do.
    private static string Listen(HttpListener server)
    {
        for (var port = 20_000 + Random.Shared.Next(20_000); ; port++)
        {
            try
            {
                server.Prefixes.Clear();
                server.Prefixes.Add($"http://127.0.0.1:{port}/");
                server.Start();
                return server.Prefixes.First();
            }
            catch (HttpListenerException) when (port < 60_000)
            {
            }
        }
    }

    private static async Task Serve(HttpListener server, string address, Dictionary<string, string> files)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await server.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var text = files.GetValueOrDefault(context.Request.Url!.AbsolutePath);
            context.Response.StatusCode = text is null ? 404 : 200;
            context.Response.Close(Encoding.UTF8.GetBytes(text ?? address), willBlock: true);
        }
    }

    private static JsonNode Json(ZipArchive zip, string path)
    {
        using var stream = zip.GetEntry(path)!.Open();
        return JsonNode.Parse(stream)!;
    }
}
