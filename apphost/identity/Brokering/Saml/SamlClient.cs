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

/// <summary>Speaks SAML 2.0 to a provider, as its service provider: Web Browser SSO, asked for by us, answered by POST.</summary>
internal sealed partial class SamlClient(SamlRequest request, SpentAnswers spent, RealmAddresses addresses, TimeProvider time, ILogger<SamlClient> logger)
{
    /// <summary>How the browser goes there.</summary>
    public Departure Leave(IdentityProviderDocument provider, BrokerState state, string? loginHint) =>
        request.Leave(Of(provider), RequestId(state), state.Id, addresses.BrokerEndpoint(provider.Alias), loginHint, time.GetUtcNow());

    public SamlOutcome Redeem(IdentityProviderDocument provider, BrokerState state, string encoded)
    {
        var outcome = Read(Of(provider), state, encoded);
        if (outcome is SamlOutcome.Refused { Reason: var reason }) LogRefused(logger, provider.Alias, reason);
        return outcome;
    }

    public SamlProvider Of(IdentityProviderDocument provider) => new(provider, addresses.Issuer.ToString());

    private SamlOutcome Read(SamlProvider provider, BrokerState state, string encoded)
    {
        var id = RequestId(state);
        if (!spent.Remembers(state.StartedAt) || !spent.Spend(provider.Alias, id, state.ExpiresAt)) return new SamlOutcome.Refused("answered already");
        if (Decode(encoded) is not { } text) return new SamlOutcome.Refused("not base64");
        var (answer, reason) = SamlAnswer.Open(text, provider);
        if (answer is null) return new SamlOutcome.Refused(reason!);
        var checks = new SamlChecks(provider, addresses.BrokerEndpoint(provider.Alias), id, time.GetUtcNow());
        if (checks.Refuse(answer.Response) is { } refusal) return new SamlOutcome.Refused(refusal);
        if (answer.Assertion is not { } assertion) return new SamlOutcome.Failed();
        if (checks.RefuseAssertion(assertion) is { } fault) return new SamlOutcome.Refused(fault);
        if (!spent.Spend(provider.Alias, assertion.GetAttribute("ID"), checks.RememberUntil(assertion))) return new SamlOutcome.Refused("used already");
        return SamlIdentity.Read(provider, assertion) is { } identity ? new SamlOutcome.Confirmed(identity) : new SamlOutcome.Refused("no lasting name");
    }

    // An XML id begins with no digit.
    private static string RequestId(BrokerState state) => $"_{state.Nonce}";

    private static string? Decode(string encoded)
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
