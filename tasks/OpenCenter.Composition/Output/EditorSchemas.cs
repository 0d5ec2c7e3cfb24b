using System.Text.Json;
using OpenCenter.Composition.Charts;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Planning;

namespace OpenCenter.Composition.Output;

/// <summary>Writes <c>obj/schemas/&lt;release&gt;.schema.json</c>, with which an editor completes values files.</summary>
internal static class EditorSchemas
{
    public static void Write(ClusterPlan plan, DiagnosticBag diagnostics)
    {
        var folder = Path.Combine(Path.GetDirectoryName(plan.Inputs.Project.ProjectAssetsFile)!, "schemas");
        foreach (var service in plan.Services)
        {
            foreach (var component in service.Descriptor.Components)
            {
                if (component.Release is { } release)
                {
                    Write(Path.Combine(folder, $"{release.Name.Value}.schema.json"), plan, service, release, diagnostics);
                }
            }
        }
    }

    private static void Write(string file, ClusterPlan plan, PlannedService service, ReleaseSpec release, DiagnosticBag diagnostics)
    {
        var comment = $"{service.Package.Id}/{service.Package.Version.ToNormalizedString()}, OpenCenter.Sdk/{plan.Inputs.Project.SdkVersion}";
        try
        {
            // A package's version says what is in it: the shapes of a platform are not worth writing anew in each build.
            if ((!service.Package.IsProject && GeneratedFile.BeginsWith(file, $"{{\"$comment\":\"{comment}\",")) || service.Package.Read(ShapeCheck.FileOf(release), new DiagnosticBag()) is not { } shape)
            {
                return;
            }

            var schema = ValuesSchema.Write(release, shape.Bytes, comment);
            if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(schema))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, schema);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(OutputDiagnostics.NotWritten(file, exception.Message.TrimEnd('.')));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // ShapeCheck has said so.
        }
    }
}
