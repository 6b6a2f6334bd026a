namespace Platform.Metadata.Packages;

/// <summary>What is to be made of a company's metadata.</summary>
/// <param name="Action">What the version says of it: "apply", "restore".</param>
/// <param name="Note">Why.</param>
/// <param name="Package">What is wanted.</param>
internal sealed record PackageRun(string Action, string Note, V1.MetadataPackage Package)
{
    /// <summary>Whether what the package lacks goes.</summary>
    public bool Prune { get; init; }

    /// <summary>Whether it is taken back at the end.</summary>
    public bool DryRun { get; init; }
}
