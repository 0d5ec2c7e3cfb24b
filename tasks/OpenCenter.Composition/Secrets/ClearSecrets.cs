using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;
using YamlDotNet.Core;

namespace OpenCenter.Composition.Secrets;

/// <summary>
/// Finds secrets that are not encrypted, in values, manifests, patches and variables: by kind (a Secret's data), by name
/// (<c>adminPassword</c>) and by form (a private key, a known token, random text). An exception is a ClusterAllow.
/// </summary>
internal sealed class ClearSecrets(ClusterPlan plan, ImmutableArray<TreeSource> sources, ClusterExceptions exceptions, DiagnosticBag diagnostics)
{
    private const int ShortestToken = 8;

    // A schema names fields, it does not fill them.
    private const string Definition = "CustomResourceDefinition";

    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private string _subject = "";
    private bool _isValues;

    // Of a patch's text, whose nodes count their lines from the text's own first, and of an item of the project, whose line is
    // looked for only where something is found.
    private Func<Place>? _at;

    public static void Run(
        ClusterPlan plan, ImmutableSortedDictionary<string, EffectiveValues> values, BuiltTree built, ClusterExceptions exceptions, DiagnosticBag diagnostics)
    {
        var check = new ClearSecrets(plan, built.Sources, exceptions, diagnostics);
        check.SearchProject();
        check.CheckVariables();
        check._isValues = true;
        foreach (var (release, effective) in values)
        {
            check._subject = release;
            foreach (var layer in effective.Layers.Where(layer => layer.Values["sops"] is null))
            {
                check.Walk(layer.Values, null, "");
            }
        }

        check._isValues = false;
        foreach (var source in built.Sources)
        {
            check._subject = check.SubjectOf(source);
            foreach (var document in source.File.Documents)
            {
                check.CheckDocument(document);
            }
        }

        // What a descriptor gives Flux's objects; what patches give them was looked at where it stands.
        foreach (var item in built.Objects.Where(item => item.Node.Source is null && item.Group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal)))
        {
            check._subject = $"{item.Kind}/{item.Namespace}/{item.Name}";
            check.Walk(item.Written, null, "");
        }
    }

    // Comments and files that are not YAML, too.
    private void SearchProject()
    {
        foreach (var file in plan.Inputs.Files.All)
        {
            Search(file.Source);
        }

        if (plan.Inputs.Files.SopsConfiguration is { } configuration)
        {
            Search(configuration);
        }
    }

    private void Search(SourceFile source)
    {
        ReadOnlySpan<byte> bytes = source.Bytes;
        if (bytes.IndexOf("PRIVATE KEY"u8) < 0 && bytes.IndexOf("AGE-SECRET-KEY-"u8) < 0 && bytes.IndexOf("PuTTY-User-Key"u8) < 0)
        {
            return;
        }

        var text = System.Text.Encoding.UTF8.GetString(bytes);
        var at = SecretText.PrivateKeyAt(text);
        if (at >= 0 && SecretText.HasBody(text.AsSpan(at)))
        {
            _reported.Add(source.Path);
            var before = text.AsSpan(0, at);
            diagnostics.Add(SecretsDiagnostics.PrivateKey(new Place(source.Path, before.Count('\n') + 1, at - before.LastIndexOf('\n'))));
        }
    }

    private void CheckVariables()
    {
        foreach (var item in plan.Settings.Variables.Values)
        {
            if (item.DefiningFile.Length > 0)
            {
                (_subject, _at) = (item.Type, () => plan.Inputs.Places.Of(item));
                Check(item["Value"], isText: true, NodePath.Of(null, item.Include), item.Include, new Place(item.DefiningFile));
            }
        }

        _at = null;
    }

    private string SubjectOf(TreeSource source)
    {
        var project = plan.Inputs.Project.Directory + Path.DirectorySeparatorChar;
        var file = source.File.Source.Path;
        if (file.StartsWith(project, StringComparison.Ordinal) || plan.Kustomizations.FirstOrDefault(planned => planned.Name == source.Owner)?.Service is not { } service)
        {
            return plan.Inputs.Project.RelativePath(file);
        }

        return $"{service.Package.Id}/{service.Package.RelativePath(file)}";
    }

    private void CheckDocument(YamlNode document)
    {
        if (document is YamlMap map && (map["sops"] is YamlMap || map.Text("kind") == Definition))
        {
            return;
        }

        if (document is YamlMap list && list.Text("kind") == "List" && list["items"] is YamlList items)
        {
            foreach (var item in items.Items)
            {
                CheckDocument(item);
            }
        }
        else if (document is YamlMap secret && SecretObject.Is(secret))
        {
            CheckSecret(secret);
        }
        else
        {
            CheckGenerators(document);
            Walk(document, null, "");
        }
    }

    // All that a generator of Secrets is given is secret.
    private void CheckGenerators(YamlNode document)
    {
        if (document is not YamlMap kustomization || kustomization["secretGenerator"] is not YamlList generators)
        {
            return;
        }

        for (var i = 0; i < generators.Items.Length; i++)
        {
            foreach (var field in (string[])["literals", "files", "envs"])
            {
                var given = ((generators.Items[i] as YamlMap)?[field] as YamlList)?.Items ?? [];
                for (var j = 0; j < given.Length; j++)
                {
                    var path = NodePath.Of(NodePath.Of(NodePath.Of(NodePath.Of(null, "secretGenerator"), i), field), j);
                    if (given[j] is YamlScalar text && (field == "literals" || IsClearFile(text)) && !IsAllowed(path))
                    {
                        diagnostics.Add(SecretsDiagnostics.SecretInClear(text.Place, path.ToString(), AllowOf(path)));
                    }
                }
            }
        }
    }

    private bool IsClearFile(YamlScalar name)
    {
        var path = Path.GetFullPath(name.Value[(name.Value.IndexOf('=', StringComparison.Ordinal) + 1)..], Path.GetDirectoryName(name.Source!.Path)!);
        return sources.Any(source => source.File.Source.Path == path && !source.File.Documents.Any(ManifestFolder.IsSops));
    }

    private void CheckSecret(YamlMap secret)
    {
        foreach (var entry in secret.Entries)
        {
            var path = NodePath.Of(null, entry.Name);
            if (entry.Name is not ("data" or "stringData") || entry.Value is not YamlMap data)
            {
                Walk(entry.Value, path, entry.Name);
                continue;
            }

            foreach (var value in data.Entries)
            {
                var at = NodePath.Of(path, value.Name);
                if (value.Value is YamlScalar { IsNull: false, Value.Length: > 0 } && !IsAllowed(at))
                {
                    diagnostics.Add(SecretsDiagnostics.SecretInClear(At(value.Value.Place), at.ToString(), AllowOf(at)));
                }
            }
        }
    }

    private void Walk(YamlNode node, NodePath? path, string key)
    {
        switch (node)
        {
            case YamlMap map:
                foreach (var entry in map.Entries)
                {
                    var below = NodePath.Of(path, entry.Name);
                    CheckComments(entry.Key, below, isKey: true);
                    Walk(entry.Value, below, SecretName.KeyOf(map, entry, key));
                }

                break;
            case YamlList list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    // An argument can have its value behind it: [--password, x].
                    var option = i > 0 && list.Items[i - 1] is YamlScalar { Value: ['-', '-', ..] } before && !before.Value.Contains('=', StringComparison.Ordinal) ? before.Value : key;
                    Walk(list.Items[i], NodePath.Of(path, i), option);
                }

                break;
            // A document that is a text alone is refused where it is read.
            case YamlScalar { Source: not null } scalar when path is not null:
                CheckComments(scalar, path, isKey: false);
                if (scalar.Value.Length > 0)
                {
                    Check(scalar, path, key);
                }

                break;
            default:
                break;
        }
    }

    // They go into the tree with the values.
    private void CheckComments(YamlScalar scalar, NodePath path, bool isKey)
    {
        if (_isValues)
        {
            CheckComment(YamlComment.Above(scalar), scalar.Place, path);
            CheckComment(YamlComment.Behind(scalar, isKey), scalar.Place, path);
        }
    }

    private void CheckComment(ReadOnlySpan<char> comment, Place place, NodePath path)
    {
        if (comment.IsEmpty)
        {
            return;
        }

        var key = SecretText.PrivateKeyAt(comment);
        if (key >= 0 && SecretText.HasBody(comment[key..]))
        {
            if (_reported.Add(place.File))
            {
                diagnostics.Add(SecretsDiagnostics.PrivateKey(place));
            }
        }
        else if (SecretText.FormOf(comment) is { } form)
        {
            Report(path, SecretsDiagnostics.LooksSecret(place, path.ToString(), $"{form} in its comment", AllowOf(path)));
        }
    }

    private void Check(YamlScalar scalar, NodePath path, string key)
    {
        if (key == "patch" && scalar.Value.Contains('\n', StringComparison.Ordinal))
        {
            CheckPatch(scalar, path);
            return;
        }

        if (scalar.Value.Contains('\n', StringComparison.Ordinal))
        {
            CheckLines(scalar, path, key);
            return;
        }

        var isText = scalar.IsQuoted || GoYaml.TypeOf(scalar) == GoYamlType.String;
        if (Check(scalar.Value, isText, path, key, scalar.Place) || !isText)
        {
            return;
        }

        // An argument: --password=x, or a literal of a generator.
        if (Assignment.Parse(scalar.Value, isCode: false) is { } assignment)
        {
            Check(assignment.Value, isText: true, path, assignment.Name, scalar.Place);
        }
    }

    // A patch is YAML in a text.
    private void CheckPatch(YamlScalar scalar, NodePath path)
    {
        var (subject, at) = (_subject, _at);
        (_subject, _at) = ($"{_subject}:{path}", at ?? (() => scalar.Place));
        foreach (var document in YamlReader.Read(new SourceFile(scalar.Source!.Path, Utf8.Strict.GetBytes(scalar.Value)), new DiagnosticBag()) ?? [])
        {
            CheckDocument(document);
        }

        (_subject, _at) = (subject, at);
    }

    private void CheckLines(YamlScalar scalar, NodePath path, string key)
    {
        var place = scalar.Place;
        if (Check(scalar.Value, isText: true, path, key, place))
        {
            return;
        }

        foreach (var text in scalar.Value.AsSpan().EnumerateLines())
        {
            if (scalar.Style == ScalarStyle.Literal)
            {
                place = new Place(place.File, place.Line + 1, 1);
            }

            if (text.IndexOfAny('=', ':') > 0 && Assignment.Parse(text, isCode: true) is { } assignment)
            {
                Check(assignment.Value, isText: true, path, assignment.Name, place);
            }
        }
    }

    private bool Check(string text, bool isText, NodePath path, string key, Place place)
    {
        if (EncryptedValue.IsMeant(text))
        {
            diagnostics.Add(SecretsDiagnostics.NotDecrypted(At(place), $"'{path}' is encrypted, but its file has no 'sops' block", "Restore the block from Git, or encrypt the file again"));
            return true;
        }

        if (SecretText.HasPrivateKey(text))
        {
            if (!_reported.Contains(place.File) && !IsAllowed(path))
            {
                diagnostics.Add(SecretsDiagnostics.PrivateKey(At(place)));
            }

            return true;
        }

        var kind = text.Length == 0 ? SecretKind.None : SecretName.Of(key);
        if (SecretText.IsPlaceholder(text, kind))
        {
            return Report(path, SecretsDiagnostics.Placeholder(At(place), path.ToString(), AllowOf(path)));
        }

        var reason = SecretText.FormOf(text)
            ?? (IsSecret(kind, text, isText) ? "by its name" : isText && SecretText.IsRandom(text, key) ? "random text" : null);
        return reason is not null && Report(path, SecretsDiagnostics.LooksSecret(At(place), path.ToString(), reason, AllowOf(path)));
    }

    private Place At(Place place) => _at?.Invoke() ?? place;

    private static bool IsSecret(SecretKind kind, string text, bool isText) => kind switch
    {
        SecretKind.Password => !SecretText.IsReference(text) && (isText ? !IsSwitch(text) : char.IsAsciiDigit(text[0])),
        SecretKind.Token => isText && text.Length >= ShortestToken && !SecretText.IsReference(text) && !SecretText.IsName(text) && !text.Contains("://", StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsSwitch(string text) => text.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "enabled" or "disabled" or "none";

    private bool Report(NodePath path, Diagnostic diagnostic)
    {
        if (!IsAllowed(path))
        {
            diagnostics.Add(diagnostic);
        }

        return true;
    }

    private bool IsAllowed(NodePath path) => exceptions.Allows(AllowOf(path));

    private string AllowOf(NodePath path) => $"{_subject}:{path}";
}
