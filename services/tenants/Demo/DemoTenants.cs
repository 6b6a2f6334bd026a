using Platform.Common.V1;
using Platform.Tenants.Roles;

namespace Platform.Tenants.Demo;

/// <summary>The companies and people of <c>deploy/keycloak/platform-realm.json</c>, under the same ids.</summary>
internal static class DemoTenants
{
    public static IReadOnlyList<DemoTenant> All =>
    [
        new(Guid.Parse("0190ac3e-0000-7000-8000-000000000001"),
            new V1.Tenant
            {
                Slug = "acme", DisplayName = "Acme", LegalName = "Acme GmbH", TaxNumber = "DE123456788", Currency = "EUR",
                Address = new Address { Lines = { "Friedrichstraße 100" }, City = "Berlin", PostalCode = "10117", Country = "DE" },
            },
            [
                Person("0190ac3e-0000-7000-8000-0000000000a1", "alice@acme.example", "Alice Anders", BuiltInRoles.Administrator),
                Person("0190ac3e-0000-7000-8000-0000000000a2", "sam@acme.example", "Sam Sorensen", BuiltInRoles.Sales),
                Person("0190ac3e-0000-7000-8000-0000000000a3", "fiona@acme.example", "Fiona Falk", BuiltInRoles.Finance),
            ]),
        new(Guid.Parse("01909106-0000-7000-8000-000000000002"),
            new V1.Tenant
            {
                Slug = "globex", DisplayName = "Globex", LegalName = "Globex Ltd", Currency = "GBP",
                Address = new Address { Lines = { "1 Canada Square" }, City = "London", PostalCode = "E14 5AB", Country = "GB" },
            },
            [
                Person("01909106-0000-7000-8000-0000000000b1", "greg@globex.example", "Greg Grant", BuiltInRoles.Administrator),
                Person("01909106-0000-7000-8000-0000000000b2", "gina@globex.example", "Gina Gallo", BuiltInRoles.Sales),
            ]),
    ];

    private static V1.Member Person(string userId, string email, string name, string role) =>
        new() { UserId = userId, Email = email, DisplayName = name, Roles = { role } };
}

internal sealed record DemoTenant(Guid Id, V1.Tenant Company, IReadOnlyList<V1.Member> People);
