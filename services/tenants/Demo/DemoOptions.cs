namespace Platform.Tenants.Demo;

/// <summary>Settings under <c>Demo</c>.</summary>
internal sealed class DemoOptions
{
    /// <summary>Whether the demo companies are created where they are missing. Default: no.</summary>
    public bool Seed { get; set; }
}
