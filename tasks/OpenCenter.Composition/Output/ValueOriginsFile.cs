using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Output;

/// <summary>Writes <c>obj/ClusterExplain.json</c>: every value of the cluster, and who set it, where. Its form stands in docs/reference/cluster-project.md.</summary>
internal static class ValueOriginsFile
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(ClusterPlan plan, ImmutableSortedDictionary<string, EffectiveValues> values, DiagnosticBag diagnostics)
    {
        var file = Path.Combine(Path.GetDirectoryName(plan.Inputs.Project.ProjectAssetsFile)!, "ClusterExplain.json");
        try
        {
            // What it is made of costs a tenth of making it, and in most builds nothing of it is new.
            var inputs = Inputs(plan, values);
            if (!GeneratedFile.BeginsWith(file, $"{{\"format\":1,\"inputs\":\"{inputs}\","))
            {
                File.WriteAllBytes(file, Content(plan, values, inputs));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(OutputDiagnostics.NotWritten(file, exception.Message.TrimEnd('.')));
        }
    }

    private static string Inputs(ClusterPlan plan, ImmutableSortedDictionary<string, EffectiveValues> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, plan.Inputs.Project.SdkVersion, plan.Settings.Name, plan.Inputs.Project.ProjectFile);
        foreach (var (name, value) in plan.Variables.All)
        {
            Add(hash, name, value ?? "");
        }

        foreach (var service in plan.Services)
        {
            Add(hash, service.Package.Id, service.Package.Version.ToNormalizedString());
            hash.AppendData(service.Descriptor.Source.Bytes);
        }

        foreach (var (release, effective) in values)
        {
            Add(hash, release);
            foreach (var layer in effective.Layers)
            {
                Add(hash, layer.Tier.ToString(), layer.Values.Source!.Path);
                hash.AppendData(layer.Values.Source.Bytes);
            }

            if (effective.Encrypted is { } encrypted)
            {
                Add(hash, encrypted.Source.Path);
                hash.AppendData(encrypted.Bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            hash.AppendData(Utf8.Strict.GetBytes(text + "\0"));
        }
    }

    private static byte[] Content(ClusterPlan plan, ImmutableSortedDictionary<string, EffectiveValues> values, string inputs)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("format", 1);
            json.WriteString("inputs", inputs);
            json.WriteString("cluster", plan.Settings.Name);
            json.WriteStartObject("releases");
            foreach (var (release, effective) in values)
            {
                json.WriteStartObject(release);
                Write(json, effective, plan.Inputs.Project);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, EffectiveValues values, ClusterProject project)
    {
        var files = new Dictionary<ValuesLayer, string>(ReferenceEqualityComparer.Instance);
        foreach (var origin in ValueOrigin.Of(values))
        {
            var encrypted = values.HiddenAt(origin.Key);
            json.WriteStartArray(origin.Key.ToString());
            foreach (var setter in origin.Setters)
            {
                var layer = setter.Layer;
                if (!files.TryGetValue(layer, out var file))
                {
                    files.Add(layer, file = layer.Package?.RelativePath(setter.Node.Source!.Path) ?? project.RelativePath(setter.Node.Source!.Path));
                }

                json.WriteStartObject();
                json.WritePropertyName("value");
                ValuesJson.Write(json, origin.Shown(setter));
                WritePlace(json, layer.Tier.ToString().ToLowerInvariant(), file, setter.Node);
                if (layer.Package is { } package)
                {
                    json.WriteString("package", package.Id);
                    json.WriteString("version", package.Version.ToNormalizedString());
                }

                json.WriteBoolean("wins", setter.Wins && encrypted is null);
                json.WriteEndObject();
            }

            if (encrypted is not null)
            {
                json.WriteStartObject();
                WritePlace(json, "encrypted", project.RelativePath(encrypted.Source!.Path), encrypted);
                json.WriteBoolean("wins", true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static void WritePlace(Utf8JsonWriter json, string tier, string file, YamlNode node)
    {
        json.WriteString("tier", tier);
        json.WriteString("file", file);
        json.WriteNumber("line", node.Line);
        json.WriteNumber("column", node.Column);
    }
}
