using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Access.Tokens;

/// <summary>
/// Checks a token's signature once and not with every request, which is most of what a request's check costs. What was found valid
/// is kept by the token's hash until the token expires, for half a minute at most: so long a key that was withdrawn may still count.
/// What is not valid is never kept.
/// </summary>
internal sealed class ValidatedTokens(TimeProvider time) : JsonWebTokenHandler
{
    private const int MostTokens = 20_000;
    private const int LongestToken = 16 * 1024;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Hash, Entry> _known = new();

    /// <summary>How many are kept.</summary>
    public int Count => _known.Count;

    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters) =>
        token.Length > LongestToken ? base.ValidateTokenAsync(token, validationParameters)
        : Hash.Of(token) is var hash && _known.TryGetValue(hash, out var entry) && time.GetUtcNow() < entry.EndTime ? entry.Result
        : ValidateAsync(hash, token, validationParameters);

    private async Task<TokenValidationResult> ValidateAsync(Hash hash, string token, TokenValidationParameters validationParameters)
    {
        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (!result.IsValid)
        {
            _known.TryRemove(hash, out _);
            return result;
        }

        if (_known.Count >= MostTokens)
            MakeRoom();
        var now = time.GetUtcNow();
        var endTime = now + Lifetime;
        if (new DateTimeOffset(DateTime.SpecifyKind(result.SecurityToken.ValidTo, DateTimeKind.Utc)) is var expiry && expiry < endTime)
            endTime = expiry;
        // Read it once, so that no two requests do it at the same time later.
        _ = result.ClaimsIdentity;
        if (now < endTime)
            _known[hash] = new Entry(Task.FromResult(result), endTime);
        return result;
    }

    private void MakeRoom()
    {
        var now = time.GetUtcNow();
        foreach (var (hash, entry) in _known)
        {
            if (entry.EndTime <= now)
                _known.TryRemove(hash, out _);
        }

        if (_known.Count >= MostTokens)
            _known.Clear();
    }

    private sealed record Entry(Task<TokenValidationResult> Result, DateTimeOffset EndTime);

    // Not the token itself, so that no memory dump has a store of them; not a part of it, so that no two are taken for one.
    private readonly record struct Hash(UInt128 First, UInt128 Second)
    {
        public static Hash Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            Span<byte> bytes = token.Length <= 4096 ? stackalloc byte[Encoding.UTF8.GetMaxByteCount(token.Length)] : new byte[Encoding.UTF8.GetMaxByteCount(token.Length)];
            SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], hash);
            return new Hash(System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash[16..]));
        }
    }
}
