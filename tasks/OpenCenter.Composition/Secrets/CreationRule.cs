using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Secrets;

/// <summary>One of <c>.sops.yaml</c>'s creation rules: how SOPS encrypts the files whose path it matches, and for whom.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Path">What a file's path, relative to <c>.sops.yaml</c>, must match; null matches all.</param>
/// <param name="Rule">Which values it encrypts; null: SOPS's own default.</param>
/// <param name="Recipients">For whom.</param>
internal sealed record CreationRule(Place Place, KeyPattern? Path, EncryptionRule? Rule, ImmutableArray<Recipient> Recipients);
