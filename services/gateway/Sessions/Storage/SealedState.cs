using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Grpc.Core;
using Microsoft.AspNetCore.DataProtection;
using Platform.Invocation;

namespace Platform.Gateway.Sessions.Storage;

/// <summary>
/// Rows in Dapr's state store that only the gateway can read: each is sealed under its own key, so that neither a look into the
/// store nor a swap of two rows yields anything.
/// </summary>
internal sealed partial class SealedState(HttpClient sidecar, IDataProtectionProvider protection, ILogger<SealedState> logger)
{
    private const string Store = $"/v1.0/state/{DaprNames.StateStore}";

    /// <summary>The value and its version; no value where there is none, or none that can be opened.</summary>
    /// <exception cref="RpcException">The store cannot be reached: unavailable.</exception>
    public async Task<Versioned<T>> GetAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Address(key)), cancellationToken);
        Require(response);
        if (response.StatusCode == HttpStatusCode.NoContent)
            return new Versioned<T>(null, null);
        var text = await response.Content.ReadFromJsonAsync<string>(cancellationToken);
        return new Versioned<T>(Open(key, text, type), VersionOf(response));
    }

    /// <summary>Writes if the row is still at that version, or, without a version, if there is none. False where somebody was faster.</summary>
    /// <exception cref="RpcException">The store cannot be reached: unavailable.</exception>
    public async Task<bool> TrySaveAsync<T>(
        string key, T value, string? version, TimeSpan timeToLive, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var item = new JsonObject
        {
            ["key"] = key,
            ["value"] = Convert.ToBase64String(Protector(key).Protect(JsonSerializer.SerializeToUtf8Bytes(value, type))),
            ["options"] = new JsonObject { ["concurrency"] = "first-write", ["consistency"] = "strong" },
            ["metadata"] = new JsonObject { ["ttlInSeconds"] = Math.Max(1, (long)timeToLive.TotalSeconds).ToString(CultureInfo.InvariantCulture) },
        };
        if (version is not null)
            item["etag"] = version;
        using var request = new HttpRequestMessage(HttpMethod.Post, Store) { Content = JsonContent.Create(new JsonArray(item)) };
        using var response = await SendAsync(request, cancellationToken);
        // Dapr answers a lost race with 409, or, where the row was to be new, with 500: some stores cannot tell the two apart.
        if (response.StatusCode == HttpStatusCode.Conflict || (version is null && response.StatusCode == HttpStatusCode.InternalServerError))
            return false;
        Require(response);
        return true;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await sidecar.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Unavailable(exception.GetBaseException().Message);
        }
    }

    private static void Require(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
            throw Unavailable($"it answered {(int)response.StatusCode}");
    }

    private static RpcException Unavailable(string reason) => new(new Status(StatusCode.Unavailable, $"The state store cannot be reached: {reason}"));

    private T? Open<T>(string key, string? text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Protector(key).Unprotect(Convert.FromBase64String(text ?? "")), type);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            LogUnreadable(logger, exception.Message);
            return null;
        }
    }

    private IDataProtector Protector(string key) => protection.CreateProtector("state").CreateProtector(key);

    private static Uri Address(string key) => new($"{Store}/{Uri.EscapeDataString(key)}", UriKind.Relative);

    // Dapr sends the version without the quotes that HTTP asks for.
    private static string VersionOf(HttpResponseMessage response) => response.Headers.NonValidated.TryGetValues("ETag", out var tags)
        ? tags.ToString()
        : throw Unavailable("it gives no versions");

    [LoggerMessage(Level = LogLevel.Warning, Message = "A row of the state store cannot be opened and counts as absent: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);
}

/// <summary>A value, and the version under which it was read; a row that cannot be opened has a version and no value.</summary>
internal readonly record struct Versioned<T>(T? Value, string? Version)
    where T : class;
