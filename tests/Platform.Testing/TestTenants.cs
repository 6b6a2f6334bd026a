namespace Platform.Testing;

/// <summary>Two companies that must never see each other.</summary>
public static class TestTenants
{
    public static readonly Guid Acme = Guid.Parse("0190ac3e-0000-7000-8000-000000000001");
    public static readonly Guid Globex = Guid.Parse("01909106-0000-7000-8000-000000000002");
}
