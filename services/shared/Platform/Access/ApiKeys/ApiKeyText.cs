using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Platform.Access.ApiKeys;

/// <summary>
/// A key as clients send it: <c>pk_{tenant}_{key id}_{secret}</c>, ids and the 256-bit secret as lower-case hexadecimal digits. It
/// names its tenant, so that it can be looked up inside that tenant's rows only.
/// </summary>
/// <param name="TenantId">The tenant that it acts in.</param>
/// <param name="Id">Which key it is.</param>
/// <param name="Secret">32 random bytes.</param>
public sealed record ApiKeyText(Guid TenantId, Guid Id, byte[] Secret)
{
    private const string Scheme = "Bearer ";
    private const string Start = "pk_";
    private const int IdLength = 32;
    private const int SecretBytes = 32;
    private const int Length = 3 + IdLength + 1 + IdLength + 1 + (2 * SecretBytes);

    /// <summary>A new secret for a key.</summary>
    public static ApiKeyText Create(Guid tenantId, Guid id) => new(tenantId, id, RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>How the key begins: shown in lists, useless without the rest.</summary>
    public static string PrefixOf(Guid tenantId, Guid id) => $"{Start}{tenantId:N}_{id:N}";

    /// <summary>What is kept of the secret. It is as random as a hash, so a fast one does.</summary>
    public byte[] Hash() => SHA256.HashData(Secret);

    /// <inheritdoc />
    public override string ToString() => $"{PrefixOf(TenantId, Id)}_{Convert.ToHexStringLower(Secret)}";

    /// <summary>Whether the request carries a key rather than a token.</summary>
    public static bool IsIn(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith(Scheme + Start, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the key of a request.</summary>
    public static bool TryRead(HttpRequest request, [NotNullWhen(true)] out ApiKeyText? key) =>
        TryParse(request.Headers.Authorization.ToString()[Scheme.Length..], out key);

    /// <summary>Reads a key.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        key = null;
        if (text.Length != Length || !text.StartsWith(Start, StringComparison.Ordinal) || text.Split('_') is not [_, var tenant, var id, var secret]
            || secret.Length != 2 * SecretBytes || !secret.All(char.IsAsciiHexDigitLower)
            || !Guid.TryParseExact(tenant, "N", out var tenantId) || !Guid.TryParseExact(id, "N", out var keyId))
            return false;
        key = new ApiKeyText(tenantId, keyId, Convert.FromHexString(secret));
        return true;
    }
}
