namespace Platform.Demo.Documents;

/// <summary>Of whose metadata, and what is to be done with it.</summary>
/// <param name="Gateway">Public address of the gateway.</param>
/// <param name="Identity">Public address of the identity server.</param>
/// <param name="Tenant">Short name of a company of the demo.</param>
internal sealed record MetadataSettings(Uri Gateway, Uri Identity, string Tenant)
{
    public FileInfo? File { get; init; }

    public bool Prune { get; init; }

    public bool DryRun { get; init; }

    public string Note { get; init; } = "";

    public int Version { get; init; }
}
