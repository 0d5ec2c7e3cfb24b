namespace OpenCenter.Composition.Output;

/// <summary>What a build may do with the tree on disk.</summary>
public enum FluxTreeMode
{
    /// <summary>Write what differs; a generated file that a person changed is an error.</summary>
    Write,

    /// <summary>Write nothing; a tree that differs is an error.</summary>
    Check,

    /// <summary>As <see cref="Write"/>, and rewrite generated files that a person or a merge changed.</summary>
    Overwrite,
}
