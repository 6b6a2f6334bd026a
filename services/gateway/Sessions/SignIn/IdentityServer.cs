using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>What the gateway says to the identity server by itself, without the browser.</summary>
internal sealed partial class IdentityServer(
    HttpClient http, IOptionsMonitor<OpenIdConnectOptions> openIdConnect, IOptions<SessionOptions> options,
    TimeProvider time, ILogger<IdentityServer> logger)
{
    private readonly SessionOptions _options = options.Value;

    /// <summary>Its addresses and keys.</summary>
    /// <exception cref="InvalidOperationException">It cannot be reached, and never could.</exception>
    public Task<OpenIdConnectConfiguration> ConfigurationAsync(CancellationToken cancellationToken) =>
        openIdConnect.Get(SessionSetup.SignInScheme).ConfigurationManager!.GetConfigurationAsync(cancellationToken);

    /// <summary>Trades the refresh token, which is spent by that, for new tokens.</summary>
    public async Task<Renewal> RenewAsync(TokenSet tokens, CancellationToken cancellationToken)
    {
        if (tokens.Refresh is null)
            return new Renewal.Refused();
        try
        {
            var configuration = await ConfigurationAsync(cancellationToken);
            using var response = await PostAsync(
                configuration.TokenEndpoint, cancellationToken, ("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh));
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(cancellationToken));
            if (response.IsSuccessStatusCode)
                return new Renewal.Done(Read(answer.RootElement, tokens));
            var error = Text(answer.RootElement, "error");
            if (response.StatusCode == HttpStatusCode.BadRequest && error == "invalid_grant")
                return new Renewal.Refused();
            LogNotRenewed(logger, (int)response.StatusCode, error);
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnreachable(logger, exception.GetBaseException().Message);
        }

        return new Renewal.Unavailable();
    }

    /// <summary>
    /// Makes the refresh token worthless and ends the single sign-on, so that the browser, whoever holds it now, is not signed in
    /// again without a question. The session here has ended whether or not this is heard.
    /// </summary>
    public async Task SignOutAsync(TokenSet tokens, CancellationToken cancellationToken)
    {
        try
        {
            var configuration = await ConfigurationAsync(cancellationToken);
            if (tokens.Refresh is { } refresh && configuration.RevocationEndpoint is { Length: > 0 } revocation)
                (await PostAsync(revocation, cancellationToken, ("token", refresh), ("token_type_hint", "refresh_token"))).Dispose();
            if (tokens.Identity is { } identity && configuration.EndSessionEndpoint is { Length: > 0 } endSession)
                (await PostAsync(endSession, cancellationToken, ("id_token_hint", identity))).Dispose();
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException or OperationCanceledException)
        {
            LogUnreachable(logger, exception.GetBaseException().Message);
        }
    }

    private Task<HttpResponseMessage> PostAsync(string address, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
            .Append(new("client_id", _options.ClientId)).Append(new("client_secret", _options.ClientSecret!));
        return http.PostAsync(new Uri(address), new FormUrlEncodedContent(form), cancellationToken);
    }

    private TokenSet Read(JsonElement answer, TokenSet former) => new(
        Text(answer, "access_token") ?? throw new JsonException("There is no access token in the answer."),
        time.GetUtcNow().AddSeconds(answer.TryGetProperty("expires_in", out var seconds) ? seconds.GetInt64() : 60),
        // Without rotation the old one stays good.
        Text(answer, "refresh_token") ?? former.Refresh,
        Text(answer, "id_token") ?? former.Identity);

    private static string? Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "The identity server did not renew a token ({Status}, {Error})")]
    private static partial void LogNotRenewed(ILogger logger, int status, string? error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The identity server cannot be reached: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string reason);
}

/// <summary>How a renewal went.</summary>
internal abstract record Renewal
{
    /// <summary>There are new tokens.</summary>
    internal sealed record Done(TokenSet Tokens) : Renewal;

    /// <summary>The identity server does not want this session any more.</summary>
    internal sealed record Refused : Renewal;

    /// <summary>Nobody can tell right now.</summary>
    internal sealed record Unavailable : Renewal;
}
