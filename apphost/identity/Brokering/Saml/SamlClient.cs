using System.Text;
using Platform.Identity.Hosting;
using Platform.Identity.Realms;

namespace Platform.Identity.Brokering.Saml;

/// <summary>What a provider answered.</summary>
internal abstract record SamlOutcome
{
    public sealed record Confirmed(BrokeredIdentity Identity) : SamlOutcome;

    /// <summary>The provider says that it did not come to a sign-in.</summary>
    public sealed record Failed : SamlOutcome;

    /// <summary>Not the provider's word to us, now, on this sign-in.</summary>
    public sealed record Refused(string Reason) : SamlOutcome;
}

/// <summary>Speaks SAML 2.0 to a provider, as its service provider: Web Browser SSO, answered by POST, asked for by us or, where that is allowed, begun there.</summary>
internal sealed partial class SamlClient(SamlRequest request, SpentAnswers spent, RealmAddresses addresses, SamlDecryptionKey decryption, TimeProvider time, ILogger<SamlClient> logger)
{
    private static readonly TimeSpan UnaskedLifetime = TimeSpan.FromMinutes(5);

    /// <summary>How the browser goes there.</summary>
    public Departure Leave(IdentityProviderDocument provider, BrokerState state, string? loginHint) =>
        request.Leave(Of(provider), RequestId(state), state.Id, addresses.BrokerEndpoint(provider.Alias), loginHint, time.GetUtcNow());

    public SamlOutcome Redeem(IdentityProviderDocument provider, BrokerState state, string encoded) =>
        Log(provider, !spent.Remembers(state.StartedAt) || !spent.Spend(provider.Alias, RequestId(state), state.ExpiresAt)
            ? new SamlOutcome.Refused("answered already")
            : Read(new(Of(provider), addresses.BrokerEndpoint(provider.Alias), RequestId(state), time.GetUtcNow()), encoded));

    /// <summary>An answer that nobody asked for.</summary>
    /// <param name="endpoint">Where it came in, which is what it has to be for: a place of its own, so that no other answer counts here.</param>
    public SamlOutcome RedeemUnasked(IdentityProviderDocument provider, string endpoint, string encoded) =>
        Log(provider, Read(new(Of(provider), endpoint, RequestId: null, time.GetUtcNow()), encoded));

    public SamlProvider Of(IdentityProviderDocument provider) => new(provider, addresses.Issuer.ToString());

    private SamlOutcome Read(SamlChecks checks, string encoded)
    {
        if (Decode(encoded) is not { } text) return new SamlOutcome.Refused("not base64");
        var (answer, reason) = SamlAnswer.Open(text, checks.Provider, decryption, checks.Now);
        if (answer is null) return new SamlOutcome.Refused(reason!);
        if (checks.Refuse(answer.Response) is { } refusal) return new SamlOutcome.Refused(refusal);
        if (answer.Assertion is not { } assertion) return new SamlOutcome.Failed();
        if (checks.RefuseAssertion(assertion) is { } fault) return new SamlOutcome.Refused(fault);
        if (checks.RequestId is null && !IsFresh(checks, SamlXml.TimeOf(assertion.Value("IssueInstant")))) return new SamlOutcome.Refused("not from just now");
        if (!spent.Spend(checks.Provider.Alias, assertion.GetAttribute("ID"), checks.RememberUntil(assertion))) return new SamlOutcome.Refused("used already");
        return SamlIdentity.Read(checks.Provider, assertion) is { } identity ? new SamlOutcome.Confirmed(identity) : new SamlOutcome.Refused("no lasting name");
    }

    // Nothing of ours says when it began. What may have been used before this process did is not remembered, and refused, whichever clock is behind.
    private bool IsFresh(SamlChecks checks, DateTimeOffset issued) =>
        spent.Remembers(issued - checks.Provider.Skew) && checks.Now <= issued + UnaskedLifetime + checks.Provider.Skew;

    private SamlOutcome Log(IdentityProviderDocument provider, SamlOutcome outcome)
    {
        if (outcome is SamlOutcome.Refused { Reason: var reason }) LogRefused(logger, provider.Alias, reason);
        return outcome;
    }

    // An XML id begins with no digit.
    private static string RequestId(BrokerState state) => $"_{state.Nonce}";

    /// <summary>Null for what is not text in base64.</summary>
    public static string? Decode(string encoded)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(encoded)).TrimStart('\uFEFF');
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer of the provider {Alias} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string alias, string reason);
}
