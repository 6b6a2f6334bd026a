using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.Tenants.IdentityProviders;

internal static class TestIdentityProvider
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public static async Task<Result<V1.TestIdentityProviderResponse>> Handle(
        V1.TestIdentityProviderRequest request, TenantsDbContext db, Caller caller, ProviderProbe probe, TimeProvider time, CancellationToken cancellationToken)
    {
        if (IdentityProviderRules.CheckManager(caller) is { } denial)
            return denial;
        if (await db.FindIdentityProviderAsync(request.Id, cancellationToken) is not { } provider)
            return IdentityProviderRules.NotFound(request.Id);
        var problems = provider.Saml is { } saml ? Certificates(saml, time.GetUtcNow()) : await probe.ExamineAsync(provider.Oidc!, cancellationToken);
        return new V1.TestIdentityProviderResponse { Problems = { provider.Disabled ? problems.Append("It is switched off: nobody is sent there.") : problems } };
    }

    private static IEnumerable<string> Certificates(V1.SamlSettings saml, DateTimeOffset now)
    {
        var ends = saml.Certificates.Select(ProviderCertificates.EndOf).ToList();
        if (ends.All(end => end <= now + Soon))
            yield return Say($"Its last certificate ends on {ends.Max():yyyy-MM-dd}: ask its administrator for the next one and add it.");
    }
}
