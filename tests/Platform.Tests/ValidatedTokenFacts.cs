using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Access.Tokens;
using Xunit;

namespace Platform.Tests;

public sealed class ValidatedTokenFacts : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly ValidatedTokens _tokens;
    private int _checks;

    public ValidatedTokenFacts() => _tokens = new ValidatedTokens(_time) { MapInboundClaims = false };

    public void Dispose() => _rsa.Dispose();

    [Fact]
    public async Task A_signature_is_checked_once_and_again_after_half_a_minute()
    {
        var token = Token(TimeSpan.FromMinutes(5));
        var first = await ValidateAsync(token);
        Assert.True(first.IsValid);
        Assert.Same(first, await ValidateAsync(token));
        Assert.Equal((1, 1), (_checks, _tokens.Count));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.NotSame(first, await ValidateAsync(token));
        Assert.Equal(2, _checks);
    }

    [Fact]
    public async Task What_is_kept_does_not_outlive_the_token()
    {
        var token = Token(TimeSpan.FromSeconds(3));
        await ValidateAsync(token);
        _time.Advance(TimeSpan.FromSeconds(3));
        await ValidateAsync(token);
        Assert.Equal(2, _checks);
    }

    [Fact]
    public async Task A_token_that_differs_in_a_letter_is_another_one_and_none_that_is_wrong_is_kept()
    {
        var token = Token(TimeSpan.FromMinutes(5));
        await ValidateAsync(token);
        var forged = token[..^8] + (token[^8] == 'A' ? 'B' : 'A') + token[^7..];
        Assert.False((await ValidateAsync(forged)).IsValid);
        Assert.False((await ValidateAsync(forged)).IsValid);
        Assert.Equal(1, _tokens.Count);
        Assert.True((await ValidateAsync(token)).IsValid);
    }

    [Fact]
    public async Task The_number_is_bounded()
    {
        // No signature is checked here, for there are many.
        var parameters = new TokenValidationParameters
        {
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireSignedTokens = false,
            SignatureValidator = (token, _) => new JsonWebToken(token),
        };
        var end = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds();
        for (var i = 0; i < 20_100; i++)
            await _tokens.ValidateTokenAsync($"{Base64UrlEncoder.Encode("{\"alg\":\"none\"}")}.{Base64UrlEncoder.Encode($"{{\"sub\":\"{i}\",\"exp\":{end}}}")}.", parameters);
        Assert.InRange(_tokens.Count, 1, 20_000);
    }

    private Task<TokenValidationResult> ValidateAsync(string token) => _tokens.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidateIssuer = false,
        ValidateAudience = false,
        ValidateLifetime = false,
        IssuerSigningKeyResolver = (_, _, _, _) =>
        {
            _checks++;
            return [new RsaSecurityKey(_rsa)];
        },
    });

    private string Token(TimeSpan life) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Claims = new Dictionary<string, object> { ["sub"] = "somebody" },
        Expires = (_time.GetUtcNow() + life).UtcDateTime,
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa), SecurityAlgorithms.RsaSha256),
    });
}
