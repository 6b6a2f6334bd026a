using Isolation.Tests.Seeding;

namespace Isolation.Tests.Attacks;

/// <summary>Headers, parameters and fields by which a request claims to be about the other company.</summary>
internal static class Disguises
{
    // What proxies, sidecars, other platforms and this one might take for the tenant, the caller or the target.
    private static readonly string[] Names =
    [
        "x-tenant-id", "x-on-behalf-of", "x-tenant", "tenant", "tenant-id", "tenantid", "platform-tenant", "platform-tenant-id", "x-platform-tenant", "x-organization", "x-organization-id",
        "organization", "x-user-id", "x-user", "x-forwarded-user", "x-remote-user", "dapr-app-id", "dapr-caller-app-id", "dapr-callee-app-id", "dapr-api-token",
        "x-forwarded-for", "x-forwarded-host", "x-forwarded-prefix", "x-original-url", "x-rewrite-url", "x-http-method-override", "forwarded", "host", "baggage", "ce-tenantid",
        "cookie", "x-api-key", "if-match", "if-none-match", "grpc-metadata-x-tenant-id",
    ];

    private static readonly string[] Parameters = ["tenantId", "tenant_id", "tenant", "organization", "filter", "userId", "access_token", "x-tenant-id"];

    public static IReadOnlyList<(string Name, string Value)> Headers(Company b, Random random) =>
        [.. Names.Where(_ => random.Next(5) == 0).Select(name => (name, Value(name, b, random)))];

    public static string Query(Company b, Random random) => $"{Parameters[random.Next(Parameters.Length)]}={b.TenantId}";

    public static string Fields(Company b, Random random) => random.Next(3) switch
    {
        0 => $"\"tenantId\":\"{b.TenantId}\"",
        1 => $"\"tenant_id\":\"{b.TenantId}\"",
        _ => $"\"tenant\":{{\"id\":\"{b.TenantId}\"}},\"organization\":\"{b.TenantId}\"",
    };

    private static string Value(string name, Company b, Random random) => name switch
    {
        "host" or "x-forwarded-host" => "globex.example",
        "dapr-app-id" or "dapr-caller-app-id" or "dapr-callee-app-id" => random.Next(2) == 0 ? "finance" : "tenants",
        "x-on-behalf-of" or "x-user-id" or "x-user" or "x-forwarded-user" or "x-remote-user" => $"{b.Administrator}",
        "if-match" or "if-none-match" => b.Etags.IsEmpty ? "*" : $"\"{b.Etags.Values.First()}\"",
        "x-http-method-override" => "DELETE",
        "x-forwarded-for" => "127.0.0.1",
        "forwarded" => $"for=127.0.0.1;host=globex.example;tenant={b.TenantId}",
        "x-original-url" or "x-rewrite-url" => "/dapr/subscribe",
        "baggage" => $"tenant={b.TenantId}",
        _ => $"{b.TenantId}",
    };
}
