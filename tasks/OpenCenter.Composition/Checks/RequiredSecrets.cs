using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>Every Secret that a service's cluster must bring is there, in time and with its keys. Charts name them in values, where no reference shows.</summary>
internal static class RequiredSecrets
{
    public static void Run(ClusterPlan plan, BuiltTree built, KnownObjects known, KustomizationOrder order, DiagnosticBag diagnostics)
    {
        foreach (var service in plan.Services)
        {
            foreach (var secret in service.Descriptor.Secrets)
            {
                if ((secret.With is null || plan.Present.Contains(secret.With)) && (secret.Profile ?? service.Profile) == service.Profile)
                {
                    Check(plan, built, known, order, service, secret, diagnostics);
                }
            }
        }
    }

    private static void Check(
        ClusterPlan plan, BuiltTree built, KnownObjects known, KustomizationOrder order, PlannedService service, SecretSpec secret, DiagnosticBag diagnostics)
    {
        var id = new ObjectId("", "Secret", service.Namespace!, secret.Name.Value);
        var name = $"{id.Namespace}/{id.Name}";
        known.Referenced.Add(id);
        var keys = secret.Keys.Select(key => plan.Variables.Expand(key.Value, _ => key.Place, diagnostics)).ToArray();
        if (!known.Contains(id, out var owner))
        {
            diagnostics.Add(ProjectDiagnostics.MissingSecret(plan.Inputs.PlaceOf(service.Package.Id), service.Name, name, secret.Description, Listed(keys), known.Hint(id)));
            known.Assume(id);
        }
        else if (owner is not null && built.Objects.FirstOrDefault(item => item.Kind == "Secret" && item.Name == id.Name && item.Id == id) is { Node.Source: not null } item)
        {
            var first = service.NameOf(service.Descriptor.Components[0]);
            if (order.Before(owner).Contains(first))
            {
                diagnostics.Add(ManifestDiagnostics.Deadlock(item.Place, $"Service '{service.Name}'", "spec.secrets", $"Secret '{name}'", first, owner));
            }

            CheckKeys(item, service.Name, secret, keys, diagnostics);
        }
    }

    private static void CheckKeys(TreeObject item, string service, SecretSpec secret, string[] keys, DiagnosticBag diagnostics)
    {
        // SOPS encrypts values; the keys it leaves.
        var present = KeysOf(item.Node["data"]).Concat(KeysOf(item.Node["stringData"])).ToHashSet(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (!present.Contains(key))
            {
                diagnostics.Add(ProjectDiagnostics.MissingSecretKey(item.Place, service, $"{item.Namespace}/{item.Name}", secret.Description, key, Nearest.Hint(key, present)));
            }
        }
    }

    private static IEnumerable<string> KeysOf(YamlNode? data) => (data as YamlMap)?.Entries.Select(entry => entry.Name) ?? [];

    private static string Listed(string[] keys) => keys switch
    {
        [] => "",
        [var key] => $" with the key {key}",
        _ => $" with the keys {string.Join(", ", keys)}",
    };
}
