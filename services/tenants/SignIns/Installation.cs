namespace Platform.Tenants.SignIns;

/// <summary>What belongs to the installation and to no company is kept under an id that no company has.</summary>
internal static class Installation
{
    public static readonly Guid Id = Guid.Parse("00000000-0000-0000-0000-000000000001");
}
