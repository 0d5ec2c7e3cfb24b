namespace OpenCenter.Composition.Flux;

/// <summary>A file to write, its path relative to the folder that is being made.</summary>
internal sealed record FolderFile(string Path, byte[] Content);
