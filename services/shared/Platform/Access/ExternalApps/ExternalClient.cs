using System.Globalization;

namespace Platform.Access.ExternalApps;

/// <summary>
/// What an application of a company calls itself at the identity server: <c>app-{tenant}-{id}</c>, both as lower-case hexadecimal
/// digits. It names its tenant, so that a token of it can be refused everywhere else without a look-up.
/// </summary>
/// <param name="TenantId">The company that registered it.</param>
/// <param name="Id">Which of its applications it is.</param>
public readonly record struct ExternalClient(Guid TenantId, Guid Id)
{
    /// <summary>How every such client id begins, and no other may.</summary>
    public const string Start = "app-";

    private const int IdLength = 32;
    private const int Length = 4 + IdLength + 1 + IdLength;

    /// <summary>How the client ids of all applications of a company begin.</summary>
    public static string PrefixOf(Guid tenantId) => $"{Start}{tenantId:N}-";

    /// <summary>Whether the client id is one of an application, be it well formed or not.</summary>
    public static bool IsOne(string clientId) => clientId.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>Reads a client id; null where it is none of an application.</summary>
    public static ExternalClient? Parse(string clientId) =>
        clientId.Length == Length && IsOne(clientId) && clientId[Start.Length + IdLength] == '-' && !clientId.Any(char.IsAsciiLetterUpper)
        && Guid.TryParseExact(clientId.AsSpan(Start.Length, IdLength), "N", out var tenant)
        && Guid.TryParseExact(clientId.AsSpan(Length - IdLength), "N", out var id)
            ? new ExternalClient(tenant, id)
            : null;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(TenantId)}{Id:N}");
}
