using Isolation.Tests.Seeding;
using Platform.Access;
using Platform.Tenancy;
using Platform.Testing;

namespace Isolation.Tests.Attacks;

/// <summary>Somebody who calls.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Token">The token; null for none.</param>
/// <param name="MayNothing">True where every call but the question for one's own rights must be refused.</param>
internal sealed record Person(string Name, string? Token, bool MayNothing)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>True where it is a service account, which may work for any company.</summary>
    public bool IsService { get; init; }

    /// <summary>True where the token itself names the other company, so that its id is no news.</summary>
    public bool KnowsTenant { get; init; }

    /// <summary>Everybody who might try: members of company <paramref name="a"/> and people of no company's trust, none of them of <paramref name="b"/>.</summary>
    public static IReadOnlyList<Person> Of(Company a, Company b)
    {
        var everything = AccountTokensOf(a.TenantId);
        return
        [
            new("administrator", a.Token, false),
            new("salesperson", TestTokens.ForPerson(a.TenantId, Guid.Parse("0190ac3e-0000-7000-8000-0000000000a2")), false),
            everything,
            // Some keys were rotated or deleted while A was made; the last one was not.
            .. a.Keys.Take(1).Select(key => new Person("machine with a key", key, false)),
            // CallerMiddleware asks the tenants service: a token alone makes no member.
            new("stranger", TestTokens.ForPerson(a.TenantId, Guid.CreateVersion7()), true),
            new("somebody of the other company with a token of this one", TestTokens.ForPerson(a.TenantId, b.Administrator), true),
            new("administrator with a token of the other company", TestTokens.ForPerson(b.TenantId, a.Administrator), true) { KnowsTenant = true },
            new("nobody's person", Signed(a, null), true),
            new("person of both companies at once", Signed(a, Both(a, b)), true) { KnowsTenant = true },
            // A person whom somebody gave the roles of a service is no service: TokenClaims.IsServiceAccount.
            new("person of both companies with a service's roles", Signed(a, Both(a, b), Installation.AccountTokens.Permissions), true) { KnowsTenant = true, Headers = [(Caller.TenantHeader, $"{b.TenantId}")] },
            new("nobody's person with a service's roles", Signed(a, null, Installation.AccountTokens.Permissions), true) { KnowsTenant = true, Headers = [(Caller.TenantHeader, $"{b.TenantId}")] },
            new("service account for nobody", TestTokens.ForService(Installation.AccountTokens.Permissions), true) { IsService = true },
            new("service account for two", TestTokens.ForService(Installation.AccountTokens.Permissions), true) { IsService = true, KnowsTenant = true, Headers = [(Caller.TenantHeader, $"{a.TenantId}"), (Caller.TenantHeader, $"{b.TenantId}")] },
            new("support person without a grant", Signed(a, null, TokenClaims.SupportRole), true) { KnowsTenant = true, Headers = [(Caller.TenantHeader, $"{b.TenantId}")] },
            new("anonymous", null, true),
        ];
    }

    private static Person AccountTokensOf(Guid tenant) =>
        new("service account", TestTokens.ForService(Installation.AccountTokens.Permissions), false) { IsService = true, Headers = [(Caller.TenantHeader, $"{tenant}")] };

    private static Dictionary<string, object> Both(Company a, Company b) => new()
    {
        ["a"] = new Dictionary<string, object> { ["id"] = $"{a.TenantId}" },
        ["b"] = new Dictionary<string, object> { ["id"] = $"{b.TenantId}" },
    };

    private static string Signed(Company a, object? organizations, params string[] roles)
    {
        var claims = new Dictionary<string, object> { ["sub"] = $"{a.Administrator}" };
        if (organizations is not null)
            claims["organization"] = organizations;
        if (roles.Length > 0)
            claims["resource_access"] = new Dictionary<string, object> { [TestTokens.Audience] = new Dictionary<string, object> { ["roles"] = roles } };
        return TestTokens.Create(claims);
    }
}
